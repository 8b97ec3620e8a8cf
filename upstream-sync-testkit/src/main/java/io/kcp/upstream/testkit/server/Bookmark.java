package io.kcp.upstream.testkit.server;

/**
 * What a watch has in its queue beside changes: how far it has come.
 *
 * @param initialEventsEnd whether it ends the initial events
 */
record Bookmark(long version, boolean initialEventsEnd) {}
