package io.kcp.upstream.testkit.contract;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real server keeps the contract: it says what the contract should say. */
@DisplayName("real server")
@ExtendWith(UnderContract.Real.class)
@EnabledIfEnvironmentVariable(
    named = "KUBEBUILDER_ASSETS",
    matches = ".+",
    disabledReason = "KUBEBUILDER_ASSETS names no folder with kube-apiserver and etcd")
class RealContractIT {
  @Nested
  class Transport extends TransportContract {}

  @Nested
  class Discovery extends DiscoveryContract {}

  @Nested
  class Refusals extends RefusalsContract {}

  @Nested
  class Objects extends ObjectsContract {}

  @Nested
  class Status extends StatusContract {}

  @Nested
  class Deletion extends DeletionContract {}

  @Nested
  class Lists extends ListContract {}

  @Nested
  class Watches extends WatchContract {}

  @Nested
  class Patches extends PatchContract {}

  @Nested
  class Applies extends ApplyContract {}

  @Nested
  class Ownership extends OwnershipContract {}

  @Nested
  class Kinds extends KindsContract {}

  @Nested
  class Crds extends CrdContract {}

  @Nested
  class Garbage extends GarbageContract {}

  @Nested
  class Wording extends WordingContract {}
}
