package io.kcp.upstream.trouble;

import io.kcp.upstream.testkit.ApiServerTest;

/** Two that lead, on in-memory servers. */
@ApiServerTest
class TwoLeadersIT extends TwoLeadersContract {}
