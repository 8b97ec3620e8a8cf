/** Conflicts are found per field, decided by policy and remembered. */
@NullMarked
package io.kcp.upstream.conflict;

import org.jspecify.annotations.NullMarked;
