package io.kcp.upstream.testkit.server;

/**
 * A resource, or a kind, and its group.
 *
 * @param group "" for the core group
 * @param name such as {@code deployments} or {@code Deployment}
 */
record ResourceName(String group, String name) implements Comparable<ResourceName> {
  /** Such as {@code deployments.apps} or {@code configmaps}. */
  String qualified() {
    return group.isEmpty() ? name : name + "." + group;
  }

  @Override
  public int compareTo(ResourceName other) {
    return qualified().compareTo(other.qualified());
  }
}
