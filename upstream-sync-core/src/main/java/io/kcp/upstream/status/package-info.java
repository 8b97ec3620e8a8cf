/** What the SyncTarget's status says, and when it is written. */
@NullMarked
package io.kcp.upstream.status;

import org.jspecify.annotations.NullMarked;
