/**
 * Requests to one cluster: how they are sent, limited, timed and read. Below all other rooms; it
 * knows HTTP, JSON and Status documents, and nothing about syncing. Start with {@link
 * io.kcp.upstream.wire.ClusterEndpoint}.
 */
@NullMarked
package io.kcp.upstream.wire;

import org.jspecify.annotations.NullMarked;
