package io.kcp.upstream.road;

import io.kcp.upstream.testkit.ApiServerTest;

/** The end of a SyncTarget on real API servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealDepartureIT extends DepartureContract {}
