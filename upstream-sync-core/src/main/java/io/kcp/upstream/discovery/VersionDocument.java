package io.kcp.upstream.discovery;

import java.util.List;

/**
 * What a server says of one version of a group.
 *
 * @param fresh false when the server behind the group did not answer: {@code resources} are older,
 *     or none
 */
record VersionDocument(GroupVersion groupVersion, List<ResourceType> resources, boolean fresh) {
  VersionDocument {
    resources = List.copyOf(resources);
  }

  static VersionDocument unanswered(GroupVersion groupVersion) {
    return new VersionDocument(groupVersion, List.of(), false);
  }
}
