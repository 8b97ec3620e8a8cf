package io.kcp.upstream.testkit.apply;

/** The type of one value. */
final class Type {}
