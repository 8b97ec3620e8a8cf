package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Objects;

/** A Deployment, and what tests of conflicts on it say over and over. */
final class WebFixture {
  static final String REPLICAS = "spec.replicas";
  static final String WEB = "spec.template.spec.containers[name=\"web\"]";
  static final String SIDE = "spec.template.spec.containers[name=\"side\"]";
  static final String IMAGE = WEB + ".image";
  static final String TIER = "metadata.labels.tier";
  static final String THREE_WAY = "strategy: three-way-merge";
  static final String CLIENT = "strategy: client-side-wins";
  static final String SERVER = "strategy: server-side-wins";
  static final ObjectTree PHYSICAL =
      Objects.yaml(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            namespace: shop
            uid: u1
            resourceVersion: "7"
            labels: {app: web, tier: front}
          spec:
            replicas: 3
            template:
              spec:
                containers:
                - {name: web, image: "web:1", env: [{name: A, value: "1"}]}
                - {name: side, image: "side:1"}
          """);

  private WebFixture() {}

  /** The copy that was made of it. */
  static Copy copy(String conflict) {
    return new Copy(conflict).created(PHYSICAL);
  }

  static FieldSet fields(String... paths) {
    FieldSet set = FieldSet.of();
    for (String path : paths) {
      set = set.union(FieldSet.of(FieldPath.parse(path)));
    }
    return set;
  }

  static void assertRecord(
      ConflictRecord record, String field, Change physical, Change upstream, Outcome outcome) {
    assertThat(record.field()).isEqualTo(FieldPath.parse(field));
    assertThat(record.physicalChange()).isEqualTo(physical);
    assertThat(record.upstreamChange()).isEqualTo(upstream);
    assertThat(record.outcome()).isEqualTo(outcome);
  }
}
