package io.kcp.upstream.conflict;

import static io.kcp.upstream.conflict.WebFixture.CLIENT;
import static io.kcp.upstream.conflict.WebFixture.IMAGE;
import static io.kcp.upstream.conflict.WebFixture.PHYSICAL;
import static io.kcp.upstream.conflict.WebFixture.REPLICAS;
import static io.kcp.upstream.conflict.WebFixture.THREE_WAY;
import static io.kcp.upstream.conflict.WebFixture.TIER;
import static io.kcp.upstream.conflict.WebFixture.assertRecord;
import static io.kcp.upstream.conflict.WebFixture.copy;
import static io.kcp.upstream.conflict.WebFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was decided stands, until it is asked about again or a person speaks. */
class StandingDecisionsTest {
  @Nested
  class AYieldedField {
    private final Copy copy = copy(THREE_WAY);

    @Test
    void isNotAskedAboutAgainWhileThePhysicalValueIsTheSame() {
      copy.edited("hpa", REPLICAS, 5);
      copy.pass(PHYSICAL);
      copy.edited("hpa", REPLICAS, 6);

      Resolution resolution = copy.pass(PHYSICAL.with(IMAGE, "web:2"));

      assertThat(resolution.records()).isEmpty();
      assertThat(resolution.yielded()).isEqualTo(fields(REPLICAS));
      assertThat(copy.value(REPLICAS)).contains(6L);
    }

    @Test
    void isAskedAboutAgainWhenThePhysicalValueChanges() {
      copy.edited("hpa", REPLICAS, 5);
      copy.pass(PHYSICAL);

      Resolution resolution = copy.pass(PHYSICAL.with(REPLICAS, 4));

      assertRecord(
          resolution.records().get(0), REPLICAS, Change.EDITED, Change.EDITED, Outcome.UNRESOLVED);
      assertThat(resolution.yielded()).isEmpty();
      assertThat(copy.live().annotations()).doesNotContainKey(SyncKeys.YIELDED);
    }

    @Test
    void isThePhysicalSidesAgainOnceUpstreamDropsIt() {
      copy.edited("hpa", REPLICAS, 5);
      copy.pass(PHYSICAL);
      copy.deleted("hpa", REPLICAS);

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(copy.value(REPLICAS)).contains(3L);
      assertThat(resolution.yielded()).isEmpty();
      assertThat(resolution.records()).isEmpty();
    }

    @Test
    void isThePhysicalSidesAgainOnceNobodyOwnsIt() {
      copy.applied(
          "hpa",
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 5}}");
      copy.pass(PHYSICAL);
      copy.edited(
          "admin",
          object ->
              object.with(
                  "metadata.managedFields",
                  object.items("metadata.managedFields").stream()
                      .filter(entry -> entry.string("manager").orElse("").equals(Copy.US))
                      .toList()));

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(copy.value(REPLICAS)).contains(3L);
      assertThat(resolution.yielded()).isEmpty();
    }

    @Test
    void thatWasDeletedIsTheirsIfTheyAddItAgain() {
      copy.deleted("kubectl", TIER);
      copy.pass(PHYSICAL);
      copy.edited("kubectl", TIER, "back");

      Resolution resolution = copy.pass(PHYSICAL);
      assertThat(copy.value(TIER)).contains("back");
      assertThat(resolution.yielded()).isEqualTo(fields(TIER));

      copy.deleted("kubectl", TIER);
      copy.pass(PHYSICAL);
      assertThat(copy.value(TIER)).contains("front");
    }
  }

  @Test
  void noHashIsTakenForTheNoteOfAnAbsentField() {
    for (int i = 0; i < 300; i++) { // hashes begin with each character of their alphabet
      String label = "metadata.labels.l" + i;
      ObjectTree physical = PHYSICAL.with(label, "ours");
      Copy copy = new Copy(THREE_WAY).created(physical);
      copy.edited("kubectl", label, "theirs");
      copy.pass(physical);

      assertThat(copy.pass(physical).records()).isEmpty();
    }
  }

  @Nested
  class APersonsWord {
    private Copy open() {
      Copy copy = copy(THREE_WAY);
      copy.edited("kubectl", REPLICAS, 5);
      copy.pass(PHYSICAL.with(REPLICAS, 4));
      return copy;
    }

    private Resolution resolved(Copy copy, String word) {
      copy.edited(
          "person", FieldPath.of("metadata", "annotations", SyncKeys.RESOLVE).toString(), word);
      return copy.pass(PHYSICAL.with(REPLICAS, 4));
    }

    @Test
    void forThePhysicalSideIsWrittenRecordedAndConsumed() {
      Copy copy = open();

      Resolution resolution = resolved(copy, "{\"spec.replicas\": \"physical\"}");

      assertThat(copy.value(REPLICAS)).contains(4L);
      assertThat(copy.live().annotations()).doesNotContainKey(SyncKeys.RESOLVE);
      ConflictRecord record = resolution.records().get(0);
      assertThat(record.decidedBy()).isEqualTo("person");
      assertThat(record.outcome()).isEqualTo(Outcome.TOOK_PHYSICAL);
      assertThat(record.strategy()).isEqualTo("three-way-merge");
      assertThat(copy.pass(PHYSICAL.with(REPLICAS, 4)).records()).isEmpty();
    }

    @Test
    void forUpstreamLeavesTheFieldThere() {
      Copy copy = open();

      Resolution resolution = resolved(copy, "{\"spec.replicas\": \"upstream\"}");

      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(resolution.yielded()).isEqualTo(fields(REPLICAS));
      assertThat(resolution.unresolved()).isEmpty();
      assertThat(copy.pass(PHYSICAL.with(REPLICAS, 4)).yielded()).isEqualTo(fields(REPLICAS));
    }

    @Test
    void takesAYieldedFieldBack() {
      Copy copy = open();
      resolved(copy, "{\"spec.replicas\": \"upstream\"}");

      Resolution resolution = resolved(copy, "{\"spec.replicas\": \"physical\"}");

      assertThat(copy.value(REPLICAS)).contains(4L);
      assertThat(resolution.yielded()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"physical", "{\"spec.replicas\": \"mine\"}", "{\"spec..x\": \"physical\"}"})
    void thatNobodyUnderstandsIsToldAndConsumed(String word) {
      Copy copy = open();

      Resolution resolution = resolved(copy, word);

      assertThat(resolution.problems())
          .singleElement()
          .asString()
          .contains(SyncKeys.RESOLVE)
          .contains("with physical or upstream");
      assertThat(resolution.unresolved()).isEqualTo(fields(REPLICAS));
      assertThat(copy.live().annotations()).doesNotContainKey(SyncKeys.RESOLVE);
    }

    @Test
    void onAFieldWithoutConflictIsTold() {
      Copy copy = open();

      Resolution resolution = resolved(copy, "{\"spec.paused\": \"physical\"}");

      assertThat(resolution.problems()).singleElement().asString().contains("spec.paused");
    }
  }

  @Nested
  class AFight {
    @Test
    void isHeldAndNotFought() {
      Copy copy = copy(CLIENT);
      for (int i = 0; i < 3; i++) {
        copy.edited("other", REPLICAS, 5);
        copy.pass(PHYSICAL);
        assertThat(copy.value(REPLICAS)).contains(3L);
      }
      copy.edited("other", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL.with(IMAGE, "web:2"));

      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(copy.value(IMAGE)).contains("web:2");
      assertThat(resolution.records().get(0).outcome()).isEqualTo(Outcome.HELD);
      assertThat(resolution.records().get(0).reason()).isEqualTo("FightHeld");
      assertThat(resolution.unresolved()).isEqualTo(fields(REPLICAS));
      assertThat(resolution.lookAgain()).contains(Copy.NOW.plusSeconds(600));
    }
  }
}
