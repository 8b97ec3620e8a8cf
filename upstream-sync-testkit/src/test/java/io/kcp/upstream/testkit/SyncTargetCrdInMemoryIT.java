package io.kcp.upstream.testkit;

/** In memory: the same refusals, in the same words for the fields. */
class SyncTargetCrdInMemoryIT extends SyncTargetCrdSuite {
  @Override
  TestCluster start() {
    return InMemoryApiServer.builder().start();
  }
}
