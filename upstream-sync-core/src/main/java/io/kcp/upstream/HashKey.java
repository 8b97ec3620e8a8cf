package io.kcp.upstream;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The random key under which values are hashed into annotations: kept in a Secret beside the Lease,
 * so that a restart and another replica read it, and a reader of copies does not.
 */
final class HashKey {
  private static final ResourceType SECRETS =
      new ResourceType(
          new GroupResource("", "secrets"), "v1", "Secret", true, Set.of("get"), Set.of());
  private static final String NAMESPACE = "default";
  private static final String FIELD = "hash-key";
  private static final int BYTES = 32;

  private final ClusterEndpoint workspace;
  private final String name;

  HashKey(ClusterEndpoint workspace, String syncTarget) {
    this.workspace = workspace;
    this.name = "upstream-sync-" + syncTarget;
  }

  /** Reads it, and makes it if it is not there. */
  byte[] get() throws InterruptedException {
    Optional<byte[]> there = find();
    if (there.isPresent()) {
      return there.get();
    }
    byte[] key = random();
    try {
      workspace.send(ApiRequest.post(SECRETS.path(NAMESPACE), secret(key)));
      return key;
    } catch (RequestException e) {
      if (e.code() == 409) { // another process was faster
        return find().orElseThrow(() -> e);
      }
      throw e;
    }
  }

  /** One for who writes nothing: nobody will compare by it. */
  static byte[] random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Empty when there is none. */
  Optional<byte[]> find() throws InterruptedException {
    try {
      ObjectTree secret = workspace.send(ApiRequest.get(SECRETS.path(NAMESPACE, name))).object();
      return secret.string("data[\"" + FIELD + "\"]").map(Base64.getDecoder()::decode);
    } catch (RequestException e) {
      if (e.saysNotFound(name)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ObjectTree secret(byte[] key) {
    return ObjectTree.of(
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Secret",
            "metadata",
            Map.of("name", name, "namespace", NAMESPACE),
            "type",
            "Opaque",
            "data",
            Map.of(FIELD, Base64.getEncoder().encodeToString(key))));
  }
}
