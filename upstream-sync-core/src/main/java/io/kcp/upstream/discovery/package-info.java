/** What both sides serve, which of it a SyncTarget selects, and how the workspace merges it. */
@NullMarked
package io.kcp.upstream.discovery;

import org.jspecify.annotations.NullMarked;
