package io.kcp.upstream.trouble;

/** Where an object is, the same on both sides. */
record Place(Kind kind, String namespace, String name) {
  @Override
  public String toString() {
    return kind.resource + "/" + namespace + (namespace.isEmpty() ? "" : "/") + name;
  }
}
