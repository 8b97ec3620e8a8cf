/**
 * What tests of syncers and of their plug-ins are made of. Start from {@link
 * io.kcp.upstream.testkit.ApiServerTest} for a JUnit test with servers, from {@link
 * io.kcp.upstream.testkit.InMemoryApiServer} or {@link io.kcp.upstream.testkit.RealApiServer}
 * without JUnit, and from {@link io.kcp.upstream.testkit.ConflictStrategyContract}, {@link
 * io.kcp.upstream.testkit.TransformerContract} or {@link
 * io.kcp.upstream.testkit.HealthCheckContract} for a plug-in.
 */
@NullMarked
package io.kcp.upstream.testkit;

import org.jspecify.annotations.NullMarked;
