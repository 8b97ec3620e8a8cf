package io.kcp.upstream.testkit.server;

import java.util.List;

/**
 * A subresource as discovery shows it.
 *
 * @param group of its kind; "" with an empty version means: that of its resource
 * @param version of its kind, "" as for the group
 */
record Subresource(String name, String group, String version, String kind, List<String> verbs) {
  static final List<String> READ_AND_WRITE = List.of("get", "patch", "update");
}
