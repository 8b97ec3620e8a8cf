package io.kcp.upstream.trouble;

import io.kcp.upstream.testkit.ApiServerTest;

/** A restart over what has not changed, on real API servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealRestartIT extends RestartContract {}
