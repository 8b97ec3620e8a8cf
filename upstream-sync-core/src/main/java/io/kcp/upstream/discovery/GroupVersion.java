package io.kcp.upstream.discovery;

/** One version of a group, as a server names it in discovery; the core group is "". */
record GroupVersion(String group, String version) {
  String path() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
  }
}
