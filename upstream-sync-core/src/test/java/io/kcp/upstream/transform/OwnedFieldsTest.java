package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import org.junit.jupiter.api.Test;

class OwnedFieldsTest {
  private static final FieldPath REPLICAS = FieldPath.parse("spec.replicas");
  private static final FieldPath PAUSED = FieldPath.parse("spec.paused");

  private final ObjectTree upstream =
      Objects.yaml(
          """
          metadata:
            managedFields:
            - {manager: us, operation: Update, fieldsV1: {f:spec: {f:paused: {}}}}
            - {manager: us, operation: Apply, subresource: status, fieldsV1: {f:status: {}}}
            - {manager: kubectl, operation: Update, fieldsV1: {f:spec: {f:replicas: {}}}}
            - {manager: us, operation: Apply, fieldsV1: {f:spec: {f:replicas: {}}}}
            - {manager: made, operation: Update, fieldsV1: {f:spec: {f:paused: {}}}}
            - {manager: made, operation: Update, fieldsV1: {f:spec: {f:replicas: {}}}}
            - {manager: hpa, operation: Update, subresource: scale, fieldsV1: {f:spec: {f:replicas: {}}}}
            - {manager: none, operation: Update}
          """);

  @Test
  void theApplyEntryIsTheOne() {
    assertThat(OwnedFields.of(upstream, "us", ""))
        .contains(new Owned(Owned.Operation.APPLY, FieldSet.of(REPLICAS)));
  }

  @Test
  void withoutItTheUpdateEntriesAreTakenTogether() {
    assertThat(OwnedFields.of(upstream, "made", ""))
        .contains(new Owned(Owned.Operation.UPDATE, FieldSet.of(REPLICAS, PAUSED)));
  }

  @Test
  void subresourcesAreSeparate() {
    assertThat(OwnedFields.of(upstream, "us", "status").map(Owned::fields))
        .contains(FieldSet.of(FieldPath.parse("status")));
    assertThat(OwnedFields.of(upstream, "made", "status")).isEmpty();
  }

  @Test
  void whoOwnsNothingHasNone() {
    assertThat(OwnedFields.of(upstream, "stranger", "")).isEmpty();
    assertThat(OwnedFields.of(Objects.yaml("{metadata: {}}"), "us", "")).isEmpty();
    assertThat(OwnedFields.of(upstream, "none", "").map(Owned::fields)).contains(FieldSet.of());
  }

  @Test
  void othersAreFoundWhateverTheirRoad() {
    assertThat(OwnedFields.otherManagers(upstream, "us", REPLICAS))
        .containsExactly("hpa", "kubectl", "made");
    assertThat(OwnedFields.otherManagers(upstream, "us", FieldPath.parse("spec"))).isEmpty();
  }

  @Test
  void whatAPostLeftIsReadAsAnApplyWouldHaveLeftIt() {
    ObjectTree posted =
        Objects.yaml(
            """
            metadata:
              managedFields:
              - manager: us
                operation: Update
                fieldsV1:
                  f:metadata: {f:labels: {.: {}, f:app: {}}}
                  f:spec:
                    f:selector: {}
                    f:template:
                      f:spec:
                        f:nodeSelector: {}
                        f:containers:
                          .: {}
                          'k:{"name":"web"}': {.: {}, f:image: {}, f:resources: {.: {}, f:limits: {.: {}, f:cpu: {}}}}
            """);

    assertThat(OwnedFields.of(posted, "us", TestSchema.deployment()).map(Owned::fields))
        .hasValueSatisfying(
            fields ->
                assertThat(fields)
                    .extracting(FieldPath::toString)
                    .containsExactly(
                        "metadata.labels.app",
                        "spec.selector",
                        "spec.template.spec.containers[name=\"web\"]",
                        "spec.template.spec.containers[name=\"web\"].image",
                        "spec.template.spec.containers[name=\"web\"].resources.limits.cpu",
                        "spec.template.spec.nodeSelector"));
    assertThat(OwnedFields.of(posted, "us", "").map(owned -> owned.fields().size())).contains(10);
  }

  @Test
  void withoutASchemaAPostAndAnApplyOwnTheSameNodes() {
    ObjectTree posted =
        Objects.yaml(
            """
            metadata:
              managedFields:
              - manager: us
                operation: Update
                fieldsV1:
                  f:metadata: {.: {}, f:labels: {.: {}, f:app: {}}}
                  f:spec: {.: {}, f:deep: {.: {}, f:value: {}}}
            """);

    assertThat(OwnedFields.of(posted, "us", MergeSchema.deduced()).orElseThrow().fields())
        .extracting(FieldPath::toString)
        .containsExactly("metadata.labels.app", "spec", "spec.deep", "spec.deep.value");
  }
}
