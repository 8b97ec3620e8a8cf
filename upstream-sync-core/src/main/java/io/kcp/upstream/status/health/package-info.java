/**
 * How well an object does, read from the object alone. Start with {@link
 * io.kcp.upstream.status.health.HealthRules}.
 */
@NullMarked
package io.kcp.upstream.status.health;

import org.jspecify.annotations.NullMarked;
