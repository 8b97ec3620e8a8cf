package io.kcp.upstream.testkit;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** On a real API server. */
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class SyncTargetCrdIT extends SyncTargetCrdSuite {
  @Override
  TestCluster start() {
    return RealApiServer.start();
  }
}
