package io.kcp.upstream.conflict;

import io.kcp.upstream.testkit.ApiServerTest;

/** The table on real API servers. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealConflictTableIT extends ConflictTableContract {}
