/**
 * Desired and upstream object become a decision, and the decision a write. Start with {@link
 * io.kcp.upstream.sync.Reconciler}; it works with a {@link io.kcp.upstream.sync.SyncScope}, one for
 * each generation of a SyncTarget's spec, and a {@link io.kcp.upstream.sync.SyncMemory}, one for
 * each syncer.
 */
@NullMarked
package io.kcp.upstream.sync;

import org.jspecify.annotations.NullMarked;
