package io.kcp.upstream.testkit.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as stored: in its storage version, with apiVersion and kind. Immutable but for a cached
 * text; compared by identity.
 */
final class Stored {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Text(String apiVersion, byte[] json) {}

  private final ObjectKey key;
  private final long version;
  private final Map<String, Object> tree;
  private volatile @Nullable Text text;

  /**
   * @param version its resourceVersion, or that of its deletion; put into the tree
   */
  Stored(ObjectKey key, long version, Map<String, Object> tree) {
    this.key = key;
    this.version = version;
    this.tree = Tree.with(tree, Long.toString(version), "metadata", "resourceVersion");
  }

  ObjectKey key() {
    return key;
  }

  long version() {
    return version;
  }

  Map<String, Object> tree() {
    return tree;
  }

  /** The JSON text of {@code view}, which is this object in {@code apiVersion}; kept for others. */
  byte[] json(String apiVersion, Map<String, Object> view) {
    Text known = text;
    if (known == null || !known.apiVersion().equals(apiVersion)) {
      known = new Text(apiVersion, Json.bytes(view));
      text = known;
    }
    return known.json();
  }

  /** The text kept for {@code apiVersion}, null when there is none. */
  byte @Nullable [] cachedJson(String apiVersion) {
    Text known = text;
    return known != null && known.apiVersion().equals(apiVersion) ? known.json() : null;
  }
}
