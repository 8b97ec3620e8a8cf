package io.kcp.upstream.transform;

/** A hash of an object in canonical form; equal digests stand for equal content. */
public record Digest(long high, long low) {}
