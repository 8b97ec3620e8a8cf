package io.kcp.upstream.trouble;

import io.kcp.upstream.testkit.ApiServerTest;

/** Two that lead, on real API servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealTwoLeadersIT extends TwoLeadersContract {}
