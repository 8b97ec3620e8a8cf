package io.kcp.upstream.conflict;

import static io.kcp.upstream.conflict.WebFixture.CLIENT;
import static io.kcp.upstream.conflict.WebFixture.IMAGE;
import static io.kcp.upstream.conflict.WebFixture.PHYSICAL;
import static io.kcp.upstream.conflict.WebFixture.REPLICAS;
import static io.kcp.upstream.conflict.WebFixture.SERVER;
import static io.kcp.upstream.conflict.WebFixture.THREE_WAY;
import static io.kcp.upstream.conflict.WebFixture.TIER;
import static io.kcp.upstream.conflict.WebFixture.copy;
import static io.kcp.upstream.conflict.WebFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which strategy is asked, and about which fields nobody is. */
class StrategyInForceTest {
  @Nested
  class TheStrategyInForce {
    private static final String RULES =
        """
        strategy: client-side-wins, objectOverrides: %s, rules: [
        {name: labels, group: apps, resource: deployments, fields: [metadata.labels], strategy: server-side-wins},
        {name: all, group: '*', resource: '*', fields: [spec.replicas], strategy: server-side-wins}]
        """;

    private Resolution pass(Copy copy, ObjectTree physical) {
      copy.edited("kubectl", REPLICAS, 5);
      copy.edited("kubectl", IMAGE, "web:9");
      copy.edited("kubectl", TIER, "back");
      return copy.pass(physical);
    }

    @Test
    void isTheRulesElseTheSyncTargets() {
      Copy copy = copy(RULES.formatted("Physical"));

      Resolution resolution = pass(copy, PHYSICAL);

      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(copy.value(TIER)).contains("back");
      assertThat(copy.value(IMAGE)).contains("web:1");
      assertThat(resolution.records())
          .extracting(ConflictRecord::decidedBy)
          .containsExactly("labels", "all", "SyncTarget");
    }

    @Test
    void isTheObjectsOwnBeforeAnyRule() {
      Copy copy = copy(RULES.formatted("Physical"));
      String annotation =
          FieldPath.of("metadata", "annotations", SyncKeys.CONFLICT_STRATEGY).toString();

      Resolution resolution = pass(copy, PHYSICAL.with(annotation, "client-side-wins"));

      assertThat(copy.value(REPLICAS)).contains(3L);
      assertThat(resolution.records())
          .extracting(ConflictRecord::decidedBy)
          .containsOnly("annotation");
    }

    @Test
    void ofACopysAnnotationCountsOnlyWhereTheSyncTargetSaysSo() {
      String annotation =
          FieldPath.of("metadata", "annotations", SyncKeys.CONFLICT_STRATEGY).toString();
      Copy tenant = copy("strategy: client-side-wins, objectOverrides: Physical");
      tenant.edited("tenant", annotation, "server-side-wins");
      Copy both = copy("strategy: client-side-wins, objectOverrides: Both");
      both.edited("tenant", annotation, "server-side-wins");

      pass(tenant, PHYSICAL);
      pass(both, PHYSICAL);

      assertThat(tenant.value(REPLICAS)).contains(3L);
      assertThat(both.value(REPLICAS)).contains(5L);
    }

    @Test
    void isNotTheObjectsWhereThatIsForbidden() {
      Copy copy = copy("strategy: client-side-wins, objectOverrides: Forbidden");
      String annotation =
          FieldPath.of("metadata", "annotations", SyncKeys.CONFLICT_STRATEGY).toString();

      pass(copy, PHYSICAL.with(annotation, "server-side-wins"));

      assertThat(copy.value(REPLICAS)).contains(3L);
    }

    @Test
    void thatNobodyKnowsIsTold() {
      Copy copy = copy(CLIENT);
      String annotation =
          FieldPath.of("metadata", "annotations", SyncKeys.CONFLICT_STRATEGY).toString();

      Resolution resolution = pass(copy, PHYSICAL.with(annotation, "no-such"));

      assertThat(copy.value(REPLICAS)).contains(3L);
      assertThat(resolution.problems())
          .singleElement()
          .asString()
          .contains(SyncKeys.CONFLICT_STRATEGY)
          .contains("client-side-wins, server-side-wins, three-way-merge");
    }

    @Test
    void mayChangeAtAnyTime() {
      Copy copy = copy(CLIENT);
      copy.policyIs(THREE_WAY);
      copy.pass(PHYSICAL);
      copy.edited("kubectl", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(resolution.yielded()).isEqualTo(fields(REPLICAS));
    }
  }

  @Nested
  class OurOwnFields {
    @ParameterizedTest
    @ValueSource(strings = {THREE_WAY, SERVER})
    void areRestoredUnasked(String conflict) {
      Copy copy = copy(conflict);
      String uid = FieldPath.of("metadata", "annotations", SyncKeys.PHYSICAL_UID).toString();
      String mark =
          FieldPath.of("metadata", "labels", SyncKeys.STATE_LABEL_PREFIX + "x").toString();
      copy.edited("kubectl", uid, "forged");
      copy.edited("kubectl", mark, "Sync");

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(copy.value(uid)).contains("u1");
      assertThat(resolution.records()).isEmpty();
    }
  }
}
