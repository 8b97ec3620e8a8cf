package io.kcp.upstream.discovery;

/** An entry of {@code spec.upstreamSync.resources}. */
record TypeRule(TypePattern pattern, ObjectFilter filter, boolean paused) {}
