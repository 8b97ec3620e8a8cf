package io.kcp.upstream.trouble;

import io.kcp.upstream.testkit.ApiServerTest;

/** A restart over what has not changed, on in-memory servers. */
@ApiServerTest
class RestartIT extends RestartContract {}
