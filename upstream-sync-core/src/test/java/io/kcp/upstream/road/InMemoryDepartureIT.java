package io.kcp.upstream.road;

import io.kcp.upstream.testkit.ApiServerTest;

/** The end of a SyncTarget on in-memory API servers. */
@ApiServerTest
class InMemoryDepartureIT extends DepartureContract {}
