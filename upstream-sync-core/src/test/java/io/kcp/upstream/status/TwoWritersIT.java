package io.kcp.upstream.status;

import io.kcp.upstream.testkit.ApiServerTest;

@ApiServerTest
class TwoWritersIT extends TwoWritersContract {
  TwoWritersIT() {
    super(1000);
  }
}
