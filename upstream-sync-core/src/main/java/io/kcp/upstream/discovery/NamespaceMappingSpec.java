package io.kcp.upstream.discovery;

/**
 * {@code spec.upstreamSync.namespaceMapping}.
 *
 * @param prefix "" for all types but PREFIX
 */
public record NamespaceMappingSpec(Type type, String prefix) {
  public enum Type {
    SAME,
    PREFIX,
    LOCATOR
  }
}
