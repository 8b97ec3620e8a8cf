package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalTest {
  private static final MergeSchema SCHEMA = TestSchema.deployment();
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: shop
        labels: {app: web}
        annotations: {team: a}
        finalizers: [b.example.com/x, a.example.com/x]
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            nodeSelector: {disk: ssd}
            volumes:
            - {name: tmp, emptyDir: {}}
            containers:
            - name: web
              image: web:1
              args: [a, b]
              env: [{name: A, value: "1"}, {name: B, value: "2"}]
              ports: [{containerPort: 80}, {containerPort: 53, protocol: UDP}]
            - {name: side, image: side:1, resources: {limits: {cpu: "1"}}}
      """;
  private final ObjectTree desired = Objects.yaml(DEPLOYMENT);

  private Digest digest(ObjectTree object) {
    return Canonical.digest(object, SCHEMA);
  }

  private Digest digestOf(String change, String to) {
    return digest(Objects.yaml(DEPLOYMENT.replace(change, to)));
  }

  @Nested
  class OfADesiredObject {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "replicas: 3>replicas: 4",
          "image: web:1>image: web:2",
          "app: web}\n    annotations>app: web, tier: x}\n    annotations",
          "args: [a, b]>args: [b, a]",
          "disk: ssd>disk: hdd",
          "value: \"1\">value: \"3\"",
          "value: \"1\">value: 1",
          "protocol: UDP>protocol: TCP",
          "{cpu: \"1\"}>{cpu: \"1\", memory: 1Gi}",
          "emptyDir: {}>hostPath: {}",
          "team: a>team: b",
          "[b.example.com/x, a.example.com/x]>[a.example.com/x]",
        })
    void changesWithEveryField(String change) {
      String[] fromTo = change.split(">", 2);
      String before = fromTo[0].replace("\n    ", "\n  ");

      assertThat(DEPLOYMENT).contains(before);
      assertThat(digestOf(before, fromTo[1].replace("\n    ", "\n  ")))
          .isNotEqualTo(digest(desired));
    }

    @Test
    void theOrderOfListMapItemsAndSetMembersDoesNotCount() {
      assertThat(
              digestOf(
                  "env: [{name: A, value: \"1\"}, {name: B, value: \"2\"}]",
                  "env: [{value: \"2\", name: B}, {name: A, value: \"1\"}]"))
          .isEqualTo(digest(desired));
      assertThat(
              digestOf("[b.example.com/x, a.example.com/x]", "[a.example.com/x, b.example.com/x]"))
          .isEqualTo(digest(desired));
    }

    @Test
    void emptyListMapsAndSetsAreAsIfAbsent() {
      ObjectTree volumes = desired.without("spec.template.spec.volumes");
      ObjectTree finalizers = desired.without("metadata.finalizers");

      assertThat(digest(volumes.with("spec.template.spec.volumes", List.of())))
          .isEqualTo(digest(volumes));
      assertThat(digest(finalizers.with("metadata.finalizers", List.of())))
          .isEqualTo(digest(finalizers));
    }

    @Test
    void emptyMapsAndEmptyAtomicValuesMeanSomething() {
      assertThat(digest(desired.without("spec.template.spec.volumes[name=\"tmp\"].emptyDir")))
          .isNotEqualTo(digest(desired));
      assertThat(digestOf("args: [a, b]", "args: []"))
          .isNotEqualTo(digestOf("\n          args: [a, b]", ""));
    }

    @Test
    void identityAndWhatTheServerWritesAreOutside() {
      ObjectTree other =
          desired
              .with("apiVersion", "apps/v2")
              .with("metadata.name", "other")
              .with("metadata.namespace", "other")
              .with("metadata.uid", "u1")
              .with("metadata.resourceVersion", "7")
              .with("metadata.generation", 3);

      assertThat(digest(other)).isEqualTo(digest(desired));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          SyncKeys.PHYSICAL_VERSION,
          SyncKeys.BASE,
          SyncKeys.WORKSPACE,
          SyncKeys.YIELDED,
          SyncKeys.SETTLED
        })
    void bookkeepingIsOutside(String annotation) {
      String path = FieldPath.of("metadata", "annotations", annotation).toString();

      assertThat(digest(desired.with(path, "x"))).isEqualTo(digest(desired));
    }

    @Test
    void thePhysicalUidIsInside() {
      String path = FieldPath.of("metadata", "annotations", SyncKeys.PHYSICAL_UID).toString();

      assertThat(digest(desired.with(path, "x"))).isNotEqualTo(digest(desired));
    }

    @Test
    void aKeysDefaultIsTheKey() {
      assertThat(FieldSets.of(desired, SCHEMA))
          .contains(
              FieldPath.parse(
                  "spec.template.spec.containers[name=\"web\"]"
                      + ".ports[containerPort=80,protocol=\"TCP\"]"));
    }
  }

  @Nested
  class OfOwnedFields {
    private final FieldSet owned = FieldSets.of(desired, SCHEMA);

    private Digest owned(ObjectTree live) {
      return Canonical.ownedDigest(live, owned, SCHEMA);
    }

    @Test
    void isThatOfWhatWasApplied() {
      assertThat(owned(desired)).isEqualTo(digest(desired));
      assertThat(FieldSet.ofFieldsV1(owned.toFieldsV1())).isEqualTo(owned);
    }

    @Test
    void ignoresWhatOthersOwn() {
      ObjectTree live =
          desired
              .with("metadata.uid", "u1")
              .with("metadata.labels.other", "x")
              .with("spec.template.spec.containers[name=\"injected\"].image", "i:1")
              .with("spec.template.spec.containers[name=\"web\"].env[name=\"C\"].value", "3")
              .with("spec.template.spec.containers[name=\"web\"].securityContext.privileged", true)
              .with("status.replicas", 3);

      assertThat(owned(live)).isEqualTo(digest(desired));
    }

    @Test
    void aServersDefaultForAKeyIsTheSameItem() {
      ObjectTree live =
          Objects.yaml(
              DEPLOYMENT.replace("{containerPort: 80}", "{containerPort: 80, protocol: TCP}"));

      assertThat(owned(live)).isEqualTo(digest(desired));
    }

    @Test
    void defaultsInsideAnOwnedEmptyMapAreNotOurs() {
      ObjectTree live =
          desired.with("spec.template.spec.volumes[name=\"tmp\"].emptyDir.medium", "Memory");

      assertThat(owned(live)).isEqualTo(digest(desired));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "spec.replicas",
          "metadata.labels.app",
          "metadata.finalizers[=\"a.example.com/x\"]",
          "spec.template.spec.containers[name=\"side\"]",
          "spec.template.spec.containers[name=\"web\"].args",
          "spec.template.spec.volumes[name=\"tmp\"].emptyDir"
        })
    void tellsAFieldThatWasDeleted(String field) {
      assertThat(owned(desired.without(field))).isNotEqualTo(digest(desired));
    }

    @Test
    void tellsDriftInsideAnAtomicValue() {
      assertThat(owned(desired.with("spec.template.spec.nodeSelector.zone", "a")))
          .isNotEqualTo(digest(desired));
    }

    @Test
    void tellsAFieldThatAnotherTook() {
      FieldSet less = owned.minus(FieldSet.of(FieldPath.parse("spec.replicas")));

      assertThat(Canonical.ownedDigest(desired, less, SCHEMA)).isNotEqualTo(digest(desired));
    }
  }

  @Nested
  class WithoutSchema {
    private final MergeSchema none = MergeSchema.deduced();

    @Test
    void mapsMergeAndListsAreWhole() {
      FieldSet owned = FieldSets.of(desired, none);

      assertThat(owned)
          .contains(
              FieldPath.parse("spec"),
              FieldPath.parse("spec.template.spec"),
              FieldPath.parse("spec.template.spec.containers"),
              FieldPath.parse("metadata.labels.app"))
          .doesNotContain(FieldPath.parse("metadata"), FieldPath.parse("metadata.labels"));
      assertThat(Canonical.ownedDigest(desired, owned, none))
          .isEqualTo(Canonical.digest(desired, none));
      assertThat(Canonical.ownedDigest(desired.with("spec.other", 1), owned, none))
          .isEqualTo(Canonical.digest(desired, none));
    }
  }
}
