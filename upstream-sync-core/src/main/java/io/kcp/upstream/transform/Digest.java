package io.kcp.upstream.transform;

/** A hash of an object in canonical form; equal digests stand for equal content. */
public record Digest(long high, long low) {
  /** One digest of both, in this order. */
  public Digest and(Digest other) {
    return new Mixer(this).put(other.high, other.low).digest();
  }
}
