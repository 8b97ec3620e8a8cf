package io.kcp.upstream.mirror;

/** An object as it came over the wire, with what is needed to file it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RawObject(String namespace, String name, String uid, String resourceVersion, byte[] json) {

  /** The same object with equal strings for its names. */
  RawObject named(String sameNamespace, String sameName) {
    return new RawObject(sameNamespace, sameName, uid, resourceVersion, json);
  }

  @Override
  public String toString() {
    return namespace + "/" + name + " at " + resourceVersion;
  }
}
