package io.kcp.upstream.road;

import io.kcp.upstream.testkit.ApiServerTest;

/** What real API servers refuse to have said on a copy. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealRefusedWordsIT extends RefusedWordsContract {}
