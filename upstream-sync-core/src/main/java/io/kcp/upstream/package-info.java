/**
 * Pulls chosen resources of a physical cluster up into a kcp workspace and keeps them true there.
 * Start with {@link io.kcp.upstream.UpstreamSyncer}. This package is the library's surface; the
 * packages below it are rooms of its inside, public only so that they can see each other.
 */
@NullMarked
package io.kcp.upstream;

import org.jspecify.annotations.NullMarked;
