/** Compact watched copies of both sides, one per cluster and resource. */
@NullMarked
package io.kcp.upstream.mirror;

import org.jspecify.annotations.NullMarked;
