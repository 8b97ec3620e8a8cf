package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.ApiServerTest;
import org.junit.jupiter.api.Test;

/** What real API servers refuse to have said on a copy. */
@ApiServerTest(backend = ApiServerTest.Backend.REAL)
class RealRefusedWordsIT extends RefusedWordsContract {
  private static final String POLICY =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: no-health}
      spec:
        matchConstraints:
          resourceRules:
          - {apiGroups: [example.com], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [gadgets]}
        validations:
        - expression: >-
            !has(object.metadata.annotations)
            || !('upstream.workload.kcp.io/health' in object.metadata.annotations)
          message: no words on health here
      """;
  private static final String BINDING =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: no-health}
      spec: {policyName: no-health, validationActions: [Deny]}
      """;

  /** A policy acts a moment after it was made. */
  private void policy() {
    shop.as("admin").apply(POLICY);
    shop.as("admin").apply(BINDING);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThatThrownBy(
                        () ->
                            shop.as("admin")
                                .apply(
                                    """
                                    apiVersion: example.com/v1
                                    kind: Gadget
                                    metadata: {name: probe, namespace: default, annotations: {%s: "{}"}}
                                    """
                                        .formatted(HEALTH)))
                    .hasMessageContaining("no words on health here"));
  }

  @Test
  void whatAnAdmissionPolicyRefusesToHaveSaidHoldsNothingUp() throws Exception {
    gadgets(OPEN);
    policy();
    gadget("three", "ready");

    try (UpstreamSyncer syncer = started()) {
      ObjectTree copy = copy("three", "ready");
      assertThat(copy.annotations()).doesNotContainKey(HEALTH);
      assertThat(syncer.state().inSync()).isTrue();
    } finally {
      shop.as("admin")
          .delete(
              "validatingadmissionpolicybindings.admissionregistration.k8s.io", "", "no-health");
    }
  }
}
