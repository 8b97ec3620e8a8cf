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
public final class MirrorEntry implements KubernetesObject {
  /** UID and resourceVersion of a server that writes others than UUIDs and numbers. */
  private record OddText(String uid, String version) {}

  private static final AtomicReferenceFieldUpdater<MirrorEntry, byte[]> CONTENT =
      AtomicReferenceFieldUpdater.newUpdater(MirrorEntry.class, byte[].class, "content");

  private final Shelf shelf;
  private final String namespace;
  private final String name;
  private final long uidHigh;
  private final long uidLow;
  private final long version;
  private final @Nullable OddText odd;
  private volatile byte @Nullable [] content;
  private boolean hasDigest; // with the two below guarded by this
  private long digestHigh;
  private long digestLow;

  /** The last list that held this object; only the mirror's own thread knows it. */
  int list;

  MirrorEntry(Shelf shelf, RawObject raw) {
    this.shelf = shelf;
    this.namespace = raw.namespace();
    this.name = raw.name();
    // As numbers: texts would take most of an entry's memory.
    Optional<UUID> uuid = uuid(raw.uid());
    this.uidHigh = uuid.map(UUID::getMostSignificantBits).orElse(0L);
    this.uidLow = uuid.map(UUID::getLeastSignificantBits).orElse(0L);
    this.version = Versions.number(raw.resourceVersion());
    boolean usual = uuid.isPresent() && Long.toString(version).equals(raw.resourceVersion());
    this.odd = usual ? null : new OddText(raw.uid(), raw.resourceVersion());
    this.content = shelf.put(raw.json());
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

  public String uid() {
    return odd == null ? new UUID(uidHigh, uidLow).toString() : odd.uid();
  }

  public String resourceVersion() {
    return odd == null ? Long.toString(version) : odd.version();
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

  public synchronized @Nullable Digest digest() {
    return hasDigest ? new Digest(digestHigh, digestLow) : null;
  }

  public synchronized void digested(Digest value) {
    hasDigest = true;
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
