package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;

/**
 * Digests of objects in the form in which two sides are compared: by the fields that an apply of
 * the object owns. Identity (apiVersion, kind, name, namespace), what the server alone writes, and
 * the bookkeeping annotations are outside; the order of list-map items and set members does not
 * count; empty list-maps and sets are as if absent.
 */
public final class Canonical {
  private Canonical() {}

  /** The digest of a desired object, or of its status part. */
  public static Digest digest(ObjectTree desired, MergeSchema schema) {
    DigestWalk walk = new DigestWalk();
    new OwnershipWalk<>(walk).walk(desired, DigestWalk.ROOT, schema);
    return walk.digest();
  }

  /**
   * The digest of what an object holds at fields that one manager owns. Equals {@link #digest} of
   * what that manager applied while every field of it, and no other, is owned and has the value
   * that was applied.
   */
  public static Digest ownedDigest(ObjectTree upstream, FieldSet owned, MergeSchema schema) {
    DigestWalk walk = new DigestWalk();
    new OwnedWalk(walk).walk(upstream, owned, schema);
    return walk.digest();
  }
}
