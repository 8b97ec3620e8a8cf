package io.kcp.upstream.mirror;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Digest;
import io.kcp.upstream.wire.Json;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One version of one object, as small as it can be: who it is, and what a worker made of it. A new
 * version is a new entry. Safe for any thread.
 */
public class MirrorEntry implements KubernetesObject {
  /** Of a server that writes other UIDs and resourceVersions than UUIDs and numbers. */
  private static final class Odd extends MirrorEntry {
    private final String uid;
    private final String version;

    Odd(Shelf shelf, RawObject raw) {
      super(shelf, raw, NO_UUID, 0);
      this.uid = raw.uid();
      this.version = raw.resourceVersion();
    }

    @Override
    public String uid() {
      return uid;
    }

    @Override
    public String resourceVersion() {
      return version;
    }
  }

  private static final UUID NO_UUID = new UUID(0, 0);

  private static final AtomicReferenceFieldUpdater<MirrorEntry, byte[]> CONTENT =
      AtomicReferenceFieldUpdater.newUpdater(MirrorEntry.class, byte[].class, "content");

  // There are two of these for each object: one field more is 8 bytes or none, see docs/scale.md.
  private final Shelf shelf;
  private final String namespace;
  private String name;
  private final long uidHigh;
  private final long uidLow;
  private final long version;
  private volatile byte @Nullable [] content;
  private long digestHigh; // with the one below guarded by this; both 0 for no digest
  private long digestLow;

  /** The last list that held this object; only the mirror's own thread knows it. */
  int list;

  private MirrorEntry(Shelf shelf, RawObject raw, UUID uid, long version) {
    this.shelf = shelf;
    this.namespace = raw.namespace();
    this.name = raw.name();
    this.uidHigh = uid.getMostSignificantBits();
    this.uidLow = uid.getLeastSignificantBits();
    this.version = version;
    this.content = shelf.put(raw.json());
  }

  static MirrorEntry of(Shelf shelf, RawObject raw) {
    // As numbers: texts would take most of an entry's memory.
    Optional<UUID> uid = uuid(raw.uid());
    long version = Versions.number(raw.resourceVersion());
    boolean usual = uid.isPresent() && Long.toString(version).equals(raw.resourceVersion());
    return usual ? new MirrorEntry(shelf, raw, uid.get(), version) : new Odd(shelf, raw);
  }

  private static Optional<UUID> uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equals(text) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a server may write what it likes
    }
  }

  /** As the mirror's cluster serves it. */
  public ResourceType type() {
    return shelf.type();
  }

  /** Empty for a cluster-scoped object. */
  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  /**
   * Where this object has the same name on the other side, as it mostly has, one text serves both.
   */
  public void shareName(MirrorEntry other) {
    if (name.equals(other.name)) {
      name = other.name; // whoever reads either reads the same
    }
  }

  public String uid() {
    return new UUID(uidHigh, uidLow).toString();
  }

  public String resourceVersion() {
    return Long.toString(version);
  }

  /** The object, read anew at each call; empty once it was released, or where it found no room. */
  public Optional<ObjectTree> content() {
    byte[] form = content;
    if (form == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ObjectTree.of(Json.readObject(shelf.json(form))));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was written by this process
    }
  }

  /** The content is needed no more. */
  public void release() {
    byte[] form = CONTENT.getAndSet(this, null);
    if (form != null) {
      shelf.released(form);
    }
  }

  /** The content is needed no more for now: it goes when others need its room. */
  public void linger() {
    byte[] form = content;
    if (form != null) {
      shelf.linger(this, form);
    }
  }

  public synchronized @Nullable Digest digest() {
    return digestHigh == 0 && digestLow == 0 ? null : new Digest(digestHigh, digestLow);
  }

  /** A digest of zeros, which no object has, is none. */
  public synchronized void digested(Digest value) {
    digestHigh = value.high();
    digestLow = value.low();
  }

  @Override
  public String getApiVersion() {
    return shelf.type().apiVersion();
  }

  @Override
  public String getKind() {
    return shelf.type().kind();
  }

  /** A copy with name, namespace, UID and resourceVersion, and nothing else. */
  @Override
  public V1ObjectMeta getMetadata() {
    return new V1ObjectMeta()
        .namespace(namespace.isEmpty() ? null : namespace)
        .name(name)
        .uid(uid())
        .resourceVersion(resourceVersion());
  }

  @Override
  public String toString() {
    return shelf.type().resource()
        + "/"
        + (namespace.isEmpty() ? "" : namespace + "/")
        + name
        + " at "
        + resourceVersion();
  }
}
