package io.kcp.upstream.testkit.server;

import org.jspecify.annotations.Nullable;

/**
 * One write to the store. At least one of before and after is there.
 *
 * @param before null for a created object
 * @param after null for a deleted object
 */
record Change(
    ResourceName resource,
    ObjectKey key,
    long version,
    @Nullable Stored before,
    @Nullable Stored after) {}
