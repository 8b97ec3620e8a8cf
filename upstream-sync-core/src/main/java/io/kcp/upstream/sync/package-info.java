/** Desired and upstream object become a decision, and the decision a write: the reconciler. */
@NullMarked
package io.kcp.upstream.sync;

import org.jspecify.annotations.NullMarked;
