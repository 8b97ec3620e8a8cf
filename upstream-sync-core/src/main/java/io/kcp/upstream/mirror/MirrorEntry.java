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
import org.jspecify.annotations.Nullable;

/**
 * One version of one object, as small as it can be: who it is, and what a worker made of it. A new
 * version is a new entry. Safe for any thread.
 */
public final class MirrorEntry implements KubernetesObject {
  private final ResourceType type;
  private final String namespace;
  private final String name;
  // A UUID takes 32 bytes and its text 80, a Long 16 and its text 48: kept as text only where it is
  // written otherwise.
  private final Object uid;
  private final Object resourceVersion;
  private volatile byte @Nullable [] content;
  private volatile @Nullable Digest digest;
  private volatile @Nullable Digest statusDigest;

  /** The last list that held this object; only the mirror's own thread knows it. */
  int list;

  MirrorEntry(ResourceType type, RawObject raw) {
    this.type = type;
    this.namespace = raw.namespace();
    this.name = raw.name();
    this.uid = packedUid(raw.uid());
    this.resourceVersion = packedVersion(raw.resourceVersion());
    this.content = raw.json();
  }

  private static Object packedUid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equals(text) ? uuid : text;
    } catch (IllegalArgumentException e) {
      return text; // a server may write what it likes
    }
  }

  private static Object packedVersion(String text) {
    long number = Versions.number(text);
    return number >= 0 && Long.toString(number).equals(text) ? (Object) number : text;
  }

  /** As the mirror's cluster serves it. */
  public ResourceType type() {
    return type;
  }

  /** Empty for a cluster-scoped object. */
  public String namespace() {
    return namespace;
  }

  public String name() {
    return name;
  }

  public String uid() {
    return uid.toString();
  }

  public String resourceVersion() {
    return resourceVersion.toString();
  }

  /** The object, read anew at each call; empty once it was released. */
  public Optional<ObjectTree> content() {
    byte[] json = content;
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ObjectTree.of(Json.readObject(json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was written by this process
    }
  }

  /** The content is needed no more. */
  public void release() {
    content = null;
  }

  public @Nullable Digest digest() {
    return digest;
  }

  public void digested(Digest value) {
    digest = value;
  }

  public @Nullable Digest statusDigest() {
    return statusDigest;
  }

  public void statusDigested(Digest value) {
    statusDigest = value;
  }

  @Override
  public String getApiVersion() {
    return type.apiVersion();
  }

  @Override
  public String getKind() {
    return type.kind();
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
    return type.resource()
        + "/"
        + (namespace.isEmpty() ? "" : namespace + "/")
        + name
        + " at "
        + resourceVersion;
  }
}
