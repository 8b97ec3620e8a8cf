package io.kcp.upstream.conflict;

import io.kcp.upstream.testkit.ApiServerTest;

/** The table on in-memory servers. */
@ApiServerTest
class InMemoryConflictTableIT extends ConflictTableContract {}
