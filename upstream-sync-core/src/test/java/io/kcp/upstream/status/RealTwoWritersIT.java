package io.kcp.upstream.status;

import io.kcp.upstream.testkit.ApiServerTest;

@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealTwoWritersIT extends TwoWritersContract {
  RealTwoWritersIT() {
    super(50);
  }
}
