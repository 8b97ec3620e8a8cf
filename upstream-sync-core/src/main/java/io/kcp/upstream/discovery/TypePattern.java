package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;

/** A resource, all resources of a group, or all resources; "*" stands for all. */
record TypePattern(String group, String resource) {
  static final String ANY = "*";

  boolean matches(GroupResource type) {
    return (group.equals(ANY) || group.equals(type.group()))
        && (resource.equals(ANY) || resource.equals(type.resource()));
  }

  boolean isExact() {
    return !resource.equals(ANY);
  }

  /** 0 for one resource, 1 for a group, 2 for everything: the smaller, the more specific. */
  int breadth() {
    if (isExact()) {
      return 0;
    }
    return group.equals(ANY) ? 2 : 1;
  }
}
