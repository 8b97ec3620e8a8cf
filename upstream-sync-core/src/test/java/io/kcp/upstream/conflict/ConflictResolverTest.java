package io.kcp.upstream.conflict;

import static io.kcp.upstream.conflict.WebFixture.CLIENT;
import static io.kcp.upstream.conflict.WebFixture.IMAGE;
import static io.kcp.upstream.conflict.WebFixture.PHYSICAL;
import static io.kcp.upstream.conflict.WebFixture.REPLICAS;
import static io.kcp.upstream.conflict.WebFixture.SERVER;
import static io.kcp.upstream.conflict.WebFixture.SIDE;
import static io.kcp.upstream.conflict.WebFixture.THREE_WAY;
import static io.kcp.upstream.conflict.WebFixture.TIER;
import static io.kcp.upstream.conflict.WebFixture.WEB;
import static io.kcp.upstream.conflict.WebFixture.assertRecord;
import static io.kcp.upstream.conflict.WebFixture.copy;
import static io.kcp.upstream.conflict.WebFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictResolverTest {
  @Nested
  class WithoutConflict {
    @ParameterizedTest
    @ValueSource(strings = {THREE_WAY, CLIENT, SERVER})
    void aPhysicalChangeGoesUpUnasked(String conflict) {
      Copy copy = copy(conflict);

      Resolution resolution =
          copy.pass(PHYSICAL.with(REPLICAS, 4).with("metadata.labels.fresh", "x").without(TIER));

      assertThat(resolution.records()).isEmpty();
      assertThat(resolution.force()).isFalse();
      assertThat(copy.value(REPLICAS)).contains(4L);
      assertThat(copy.value("metadata.labels.fresh")).contains("x");
      assertThat(copy.value(TIER)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {THREE_WAY, CLIENT, SERVER})
    void twoSidesThatMadeTheSameChangeAgree(String conflict) {
      Copy copy = copy(conflict);
      copy.edited("kubectl", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL.with(REPLICAS, 5));

      assertThat(resolution.records()).isEmpty();
      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(resolution.yielded()).isEmpty();
    }

    @Test
    void whatOthersAddBesideIsLeftAlone() {
      Copy copy = copy(CLIENT);
      copy.edited("kubectl", WEB + ".env[name=\"B\"].value", "2");

      Resolution resolution = copy.pass(PHYSICAL.with(IMAGE, "web:2"));

      assertThat(resolution.records()).isEmpty();
      assertThat(copy.value(WEB + ".env[name=\"B\"].value")).contains("2");
      assertThat(copy.value(IMAGE)).contains("web:2");
    }

    @Test
    void anUntouchedCopyIsAppliedAsItWas() {
      Copy copy = copy(THREE_WAY);
      ObjectTree before = copy.live();

      copy.pass(PHYSICAL);

      assertThat(copy.live()).isEqualTo(before);
    }
  }

  @Nested
  class ClientSideWins {
    @Test
    void writesOverWhatUpstreamChanged() {
      Copy copy = copy(CLIENT);
      copy.edited("kubectl", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(copy.value(REPLICAS)).contains(3L);
      assertThat(resolution.force()).isTrue();
      assertRecord(
          resolution.records().get(0), REPLICAS, Change.NONE, Change.EDITED, Outcome.TOOK_PHYSICAL);
      assertThat(resolution.records().get(0).otherManagers()).containsExactly("kubectl");
    }

    @Test
    void restoresWhatUpstreamDeleted() {
      Copy copy = copy(CLIENT);
      copy.deleted("kubectl", TIER);
      copy.deleted("kubectl", SIDE);

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(resolution.records())
          .extracting(ConflictRecord::upstreamChange)
          .containsExactly(Change.REMOVED, Change.REMOVED);
      assertThat(copy.value(TIER)).contains("front");
      assertThat(copy.value(SIDE + ".image")).contains("side:1");
    }

    @Test
    void aMapThatWasEmptyIsNoneThatWasDropped() {
      Copy copy = new Copy(CLIENT).created(PHYSICAL.with("metadata.labels", Map.of()));
      copy.edited("kubectl", "metadata.labels.theirs", "x");

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(resolution.records()).isEmpty();
      assertThat(copy.value("metadata.labels.theirs")).contains("x");
      assertThat(copy.value(TIER)).contains("front");
    }

    @Test
    void takesAwayWhatAnotherHoldsToo() {
      Copy copy = copy(CLIENT);
      copy.applied(
          "helm",
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {tier: front}}}");

      Resolution resolution = copy.pass(PHYSICAL.without(TIER));

      assertThat(resolution.toRemove()).isEqualTo(fields(TIER));
      assertThat(copy.value(TIER)).isEmpty();
    }

    @Test
    void takesAwayWhatUpstreamChangedAndThePhysicalSideDropped() {
      Copy copy = copy(CLIENT);
      copy.edited("kubectl", TIER, "back");

      Resolution resolution = copy.pass(PHYSICAL.without(TIER));

      assertThat(copy.value(TIER)).isEmpty();
      assertRecord(
          resolution.records().get(0), TIER, Change.REMOVED, Change.EDITED, Outcome.TOOK_PHYSICAL);
    }

    @Test
    void whatUpstreamAloneAddedStays() {
      Copy copy = copy(CLIENT);
      copy.edited("kubectl", "metadata.labels.theirs", "x");

      assertThat(copy.pass(PHYSICAL.without(TIER)).records()).isEmpty();

      assertThat(copy.value("metadata.labels.theirs")).contains("x");
    }
  }

  @Nested
  class ServerSideWins {
    @Test
    void keepsWhatUpstreamChangedAndAppliesTheRest() {
      Copy copy = copy(SERVER);
      copy.edited("kubectl", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL.with(REPLICAS, 4).with(IMAGE, "web:2"));

      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(copy.value(IMAGE)).contains("web:2");
      assertThat(resolution.yielded()).isEqualTo(fields(REPLICAS));
      assertThat(FieldNotes.yielded(copy.live())).isEqualTo(fields(REPLICAS));
      assertRecord(
          resolution.records().get(0),
          REPLICAS,
          Change.EDITED,
          Change.EDITED,
          Outcome.KEPT_UPSTREAM);
    }

    @Test
    void keepsDeletedWhatUpstreamDeleted() {
      Copy copy = copy(SERVER);
      copy.deleted("kubectl", TIER);
      copy.deleted("kubectl", SIDE);

      Resolution resolution = copy.pass(PHYSICAL);
      Resolution second = copy.pass(PHYSICAL);

      assertThat(copy.value(TIER)).isEmpty();
      assertThat(copy.value(SIDE)).isEmpty();
      assertThat(resolution.yielded()).isEqualTo(fields(TIER, SIDE));
      assertThat(resolution.records()).hasSize(2);
      assertThat(second.records()).isEmpty();
      assertThat(second.yielded()).isEqualTo(fields(TIER, SIDE));
    }

    @Test
    void keepsWhatAnotherHoldsThoughThePhysicalSideDroppedIt() {
      Copy copy = copy(SERVER);
      copy.applied(
          "helm",
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {tier: front}}}");

      Resolution resolution = copy.pass(PHYSICAL.without(TIER));

      assertThat(copy.value(TIER)).contains("front");
      assertThat(resolution.yielded()).isEqualTo(fields(TIER));
      assertThat(copy.pass(PHYSICAL.without(TIER)).records()).isEmpty();
    }

    @Test
    void keepsAWholeItemOfWhichAnotherHoldsAPart() {
      Copy copy = copy(SERVER);
      copy.edited("kubectl", SIDE + ".env[name=\"X\"].value", "1");

      Resolution resolution = copy.pass(PHYSICAL.without(SIDE));
      copy.pass(PHYSICAL.without(SIDE));

      assertThat(copy.value(SIDE + ".image")).contains("side:1");
      assertThat(copy.value(SIDE + ".env[name=\"X\"].value")).contains("1");
      assertThat(resolution.settled()).isEqualTo(fields(SIDE));
    }
  }

  @Nested
  class ThreeWayMerge {
    @Test
    void keepsWhatOnlyUpstreamChanged() {
      Copy copy = copy(THREE_WAY);
      copy.edited("kubectl", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL.with(IMAGE, "web:2"));

      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(copy.value(IMAGE)).contains("web:2");
      assertRecord(
          resolution.records().get(0), REPLICAS, Change.NONE, Change.EDITED, Outcome.KEPT_UPSTREAM);
    }

    @Test
    void keepsDeletedWhatOnlyUpstreamDeleted() {
      Copy copy = copy(THREE_WAY);
      copy.deleted("kubectl", TIER);

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(copy.value(TIER)).isEmpty();
      assertRecord(
          resolution.records().get(0), TIER, Change.NONE, Change.REMOVED, Outcome.KEPT_UPSTREAM);
    }

    @Test
    void takesWhatOnlyThePhysicalSideChangedThoughAnotherHoldsIt() {
      Copy copy = copy(THREE_WAY);
      copy.applied(
          "helm",
          "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 3}}");

      Resolution resolution = copy.pass(PHYSICAL.with(REPLICAS, 4));

      assertThat(copy.value(REPLICAS)).contains(4L);
      assertRecord(
          resolution.records().get(0), REPLICAS, Change.EDITED, Change.NONE, Outcome.TOOK_PHYSICAL);
    }

    @Test
    void leavesOpenWhatBothChangedAndAppliesTheRest() {
      Copy copy = copy(THREE_WAY);
      copy.edited("kubectl", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL.with(REPLICAS, 4).with(IMAGE, "web:2"));

      assertThat(copy.value(REPLICAS)).contains(5L);
      assertThat(copy.value(IMAGE)).contains("web:2");
      assertThat(resolution.unresolved()).isEqualTo(fields(REPLICAS));
      assertRecord(
          resolution.records().get(0), REPLICAS, Change.EDITED, Change.EDITED, Outcome.UNRESOLVED);
      assertThat(resolution.records().get(0).reason()).isEqualTo("BothChanged");
    }

    @Test
    void anOpenFieldStaysOpenHoweverOftenItIsLookedAt() {
      Copy copy = copy(THREE_WAY);
      copy.edited("kubectl", REPLICAS, 5);
      ObjectTree changed = PHYSICAL.with(REPLICAS, 4);
      copy.pass(changed);

      for (int i = 0; i < 3; i++) {
        assertThat(copy.pass(changed).unresolved()).isEqualTo(fields(REPLICAS));
      }

      assertThat(copy.value(REPLICAS)).contains(5L);
    }

    @Test
    void anOpenFieldIsDecidedWhenThePhysicalSideGoesBack() {
      Copy copy = copy(THREE_WAY);
      copy.edited("kubectl", REPLICAS, 5);
      copy.pass(PHYSICAL.with(REPLICAS, 4));

      Resolution resolution = copy.pass(PHYSICAL);

      assertRecord(
          resolution.records().get(0), REPLICAS, Change.NONE, Change.EDITED, Outcome.KEPT_UPSTREAM);
    }

    @Test
    void deletedHereAndEditedThereIsOpenEitherWay() {
      Copy edited = copy(THREE_WAY);
      edited.edited("kubectl", TIER, "back");
      Copy deleted = copy(THREE_WAY);
      deleted.deleted("kubectl", TIER);

      Resolution dropped = edited.pass(PHYSICAL.without(TIER));
      Resolution changed = deleted.pass(PHYSICAL.with(TIER, "back"));

      assertThat(edited.value(TIER)).contains("back");
      assertThat(dropped.unresolved()).isEqualTo(fields(TIER));
      assertRecord(
          dropped.records().get(0), TIER, Change.REMOVED, Change.EDITED, Outcome.UNRESOLVED);
      assertThat(edited.pass(PHYSICAL.without(TIER)).unresolved()).isEqualTo(fields(TIER));
      assertThat(changed.unresolved()).isEqualTo(fields(TIER));
      assertThat(deleted.value(TIER)).isEmpty();
      assertThat(deleted.pass(PHYSICAL.with(TIER, "back")).unresolved()).isEqualTo(fields(TIER));
    }

    @Test
    void listsWithKeysMergeFieldByField() {
      Copy copy = copy(THREE_WAY);
      copy.edited("kubectl", WEB + ".env[name=\"A\"].value", "2");
      copy.edited("kubectl", WEB + ".env[name=\"B\"].value", "b");

      Resolution resolution =
          copy.pass(PHYSICAL.with(IMAGE, "web:2").with(WEB + ".env[name=\"C\"].value", "c"));

      for (String value : List.of("A=2", "B=b", "C=c")) {
        assertThat(copy.value("%s.env[name=\"%s\"].value".formatted(WEB, value.substring(0, 1))))
            .contains(value.substring(2));
      }
      assertThat(resolution.unresolved()).isEmpty();
      assertThat(copy.value(IMAGE)).contains("web:2");
    }

    @Test
    void theFallbackDecidesWhatIsLeftOpen() {
      Copy copy = copy("strategy: three-way-merge, fallback: client-side-wins");
      copy.edited("kubectl", REPLICAS, 5);

      Resolution resolution = copy.pass(PHYSICAL.with(REPLICAS, 4));

      assertThat(copy.value(REPLICAS)).contains(4L);
      ConflictRecord record = resolution.records().get(0);
      assertThat(record.outcome()).isEqualTo(Outcome.TOOK_PHYSICAL);
      assertThat(record.decidedBy()).isEqualTo("fallback");
      assertThat(record.strategy()).isEqualTo("client-side-wins");
    }
  }
}
