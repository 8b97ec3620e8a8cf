package io.kcp.upstream.sync;

import io.kcp.upstream.testkit.ApiServerTest;

@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealLastItemIT extends LastItemContract {}
