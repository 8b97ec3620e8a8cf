package io.kcp.upstream.discovery;

/** Gives the schemas by which the workspace merges and prunes. */
@FunctionalInterface
public interface SchemaSource {
  /**
   * The schema of a type as the workspace serves it: the same instance as long as it says the same.
   * Throws {@link io.kcp.upstream.wire.RequestException} when it is not known and can't be read
   * now.
   */
  MergeSchema schemaOf(ResourceType workspaceType) throws InterruptedException;
}
