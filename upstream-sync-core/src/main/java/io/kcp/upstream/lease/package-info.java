/**
 * One process at a time: a Lease in a cluster, held while a syncer runs. Start with {@link
 * io.kcp.upstream.lease.LeaseHolder}.
 */
@NullMarked
package io.kcp.upstream.lease;

import org.jspecify.annotations.NullMarked;
