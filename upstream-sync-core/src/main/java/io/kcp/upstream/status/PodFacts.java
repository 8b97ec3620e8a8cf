package io.kcp.upstream.status;

/**
 * What counts of one pod.
 *
 * @param ready whether it is ready to serve
 * @param terminating whether it is on its way out
 * @param restarts of all its containers together
 * @param restartedAt when a container last began anew, in seconds since 1970; 0 for never
 * @param reason what holds it back, CamelCase; "" when nothing does
 * @param reasonFrom from when on the reason counts, in seconds since 1970; before that a scheduler
 *     may still find a node
 * @param node where it runs; "" before it was placed
 */
record PodFacts(
    String phase,
    boolean ready,
    boolean terminating,
    int restarts,
    long restartedAt,
    String reason,
    long reasonFrom,
    String node) {}
