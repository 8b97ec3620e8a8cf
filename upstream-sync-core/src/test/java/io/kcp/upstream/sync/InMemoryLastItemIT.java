package io.kcp.upstream.sync;

import io.kcp.upstream.testkit.ApiServerTest;

@ApiServerTest
class InMemoryLastItemIT extends LastItemContract {}
