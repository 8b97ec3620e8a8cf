package io.kcp.upstream.status.health;

/**
 * What was last reported of an object.
 *
 * @param generation the {@code metadata.generation} that it was reported of, 0 where it has none
 */
public record Reported(long generation, Assessment assessment) {}
