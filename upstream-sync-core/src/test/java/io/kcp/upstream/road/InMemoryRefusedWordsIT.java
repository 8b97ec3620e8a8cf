package io.kcp.upstream.road;

import io.kcp.upstream.testkit.ApiServerTest;

/** What the in-memory server refuses to have said on a copy. */
@ApiServerTest
class InMemoryRefusedWordsIT extends RefusedWordsContract {}
