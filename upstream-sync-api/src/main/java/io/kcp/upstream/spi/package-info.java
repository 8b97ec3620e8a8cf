/**
 * What plug-ins implement and what they are given. Start from {@link
 * io.kcp.upstream.spi.ConflictStrategy}, {@link io.kcp.upstream.spi.Transformer} or {@link
 * io.kcp.upstream.spi.HealthCheck}. Signatures show types of the JDK and of this package only.
 */
@NullMarked
package io.kcp.upstream.spi;

import org.jspecify.annotations.NullMarked;
