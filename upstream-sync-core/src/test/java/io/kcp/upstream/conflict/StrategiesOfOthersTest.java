package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Objects;
import io.kcp.upstream.transform.SyncKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategies that are plugged in: what they are told, and what is made of their answers. */
class StrategiesOfOthersTest {
  private static final String REPLICAS = "spec.replicas";
  private static final String POLICY = "strategy: acme.example.com/s, parameters: {max: '9'}";
  private static final FieldSet ON_REPLICAS = FieldSet.of(FieldPath.parse(REPLICAS));
  private static final ObjectTree PHYSICAL =
      Objects.yaml(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web, namespace: shop, uid: u1, labels: {app: web}}
          spec: {replicas: 3}
          """);

  private record Plugin(boolean needsBase, Function<FieldConflict, @Nullable Decision> rule)
      implements ConflictStrategy {
    @Override
    public String name() {
      return "acme.example.com/s";
    }

    @Override
    @SuppressWarnings("NullAway") // some of them break the contract
    public Decision resolve(FieldConflict conflict) {
      return rule.apply(conflict);
    }
  }

  private static ConflictStrategy plugin(Function<FieldConflict, @Nullable Decision> rule) {
    return new Plugin(true, rule);
  }

  private static Copy conflicting(String policy, ConflictStrategy strategy) {
    Copy copy = new Copy(policy, strategy).created(PHYSICAL);
    copy.edited("kubectl", REPLICAS, 5);
    return copy;
  }

  @Test
  void areToldAllThereIsToKnow() {
    List<FieldConflict> asked = new ArrayList<>();
    Copy copy =
        conflicting(
            POLICY,
            plugin(
                conflict -> {
                  asked.add(conflict);
                  return Decision.keepUpstream();
                }));
    copy.edited("helm", "metadata.labels.app", "shop");

    copy.pass(PHYSICAL.with(REPLICAS, 4));

    FieldConflict replicas = asked.get(1);
    assertThat(replicas.key()).isEqualTo(ObjectKey.physical("deployments.apps", "shop", "web"));
    assertThat(replicas.path()).isEqualTo(FieldPath.parse(REPLICAS));
    assertThat(replicas.otherManagers()).containsExactly("kubectl");
    assertThat(replicas.parameters()).isEqualTo(Map.of("max", "9"));
    assertThat(replicas.sensitive()).isFalse();
    assertThat(replicas.physicalValue()).isEqualTo(4L);
    assertThat(replicas.upstreamValue()).isEqualTo(5L);
    assertThat(replicas.physicalChange()).isEqualTo(Change.EDITED);
    assertThat(replicas.upstreamChange()).isEqualTo(Change.EDITED);
    assertThat(replicas.physical().integer(REPLICAS)).hasValue(4);
    assertThat(replicas.upstream().integer(REPLICAS)).hasValue(5);
    assertThat(replicas.inConflict())
        .isEqualTo(ON_REPLICAS.union(FieldSet.of(FieldPath.parse("metadata.labels.app"))));
  }

  @Test
  void thatNeedNoBaseAreToldNoChangesAndGetNoBase() {
    List<Change> changes = new ArrayList<>();
    Copy copy =
        conflicting(
            POLICY,
            new Plugin(
                false,
                conflict -> {
                  changes.add(conflict.physicalChange());
                  changes.add(conflict.upstreamChange());
                  return Decision.takePhysical();
                }));

    copy.pass(PHYSICAL);

    assertThat(changes).containsExactly(Change.UNKNOWN, Change.UNKNOWN);
    assertThat(copy.live().annotations()).doesNotContainKey(SyncKeys.BASE);
  }

  @Nested
  class AValueOfTheirOwn {
    @Test
    void isWrittenAndStaysUntilThePhysicalValueChanges() {
      List<FieldConflict> asked = new ArrayList<>();
      Copy copy =
          conflicting(
              POLICY,
              plugin(
                  conflict -> {
                    asked.add(conflict);
                    return Decision.use(7);
                  }));

      Resolution first = copy.pass(PHYSICAL);
      Resolution second = copy.pass(PHYSICAL.with("metadata.labels.x", "y"));
      Resolution third = copy.pass(PHYSICAL.with(REPLICAS, 4));

      assertThat(first.settled()).isEqualTo(ON_REPLICAS);
      assertThat(first.records().get(0).outcome()).isEqualTo(Outcome.USED_VALUE);
      assertThat(second.records()).isEmpty();
      assertThat(second.settled()).isEqualTo(ON_REPLICAS);
      assertThat(third.records()).hasSize(1);
      assertThat(asked).hasSize(2);
      assertThat(copy.value(REPLICAS)).contains(7L);
      assertThat(FieldNotes.settled(copy.live())).isEqualTo(ON_REPLICAS);
    }

    @Test
    void isAskedAboutAgainWhenSomebodyElseTakesTheField() {
      Copy copy = conflicting(POLICY, plugin(conflict -> Decision.use(7)));
      copy.pass(PHYSICAL);
      copy.edited("kubectl", REPLICAS, 5);

      assertThat(copy.pass(PHYSICAL).records()).hasSize(1);
      assertThat(copy.value(REPLICAS)).contains(7L);
    }

    @Test
    void isAskedAboutAgainWhenSomebodyDeletesIt() {
      Copy copy = conflicting(POLICY, plugin(conflict -> Decision.use(7)));
      copy.pass(PHYSICAL);
      copy.deleted("kubectl", REPLICAS);

      assertThat(copy.pass(PHYSICAL).records()).hasSize(1);
      assertThat(copy.value(REPLICAS)).contains(7L);
    }

    @Test
    void thatIsLeftToUpstreamLaterIsRepeatedAsNobodyElseHoldsIt() {
      Copy copy =
          conflicting(
              POLICY,
              plugin(
                  conflict ->
                      conflict.physicalValue().equals(3L)
                          ? Decision.use(7)
                          : Decision.keepUpstream()));
      copy.pass(PHYSICAL);

      copy.pass(PHYSICAL.with(REPLICAS, 4));
      Resolution later = copy.pass(PHYSICAL.with(REPLICAS, 4));

      assertThat(copy.value(REPLICAS)).contains(7L);
      assertThat(later.records()).isEmpty();
      assertThat(later.settled()).isEqualTo(ON_REPLICAS);
    }

    @Test
    void thatIsUndecidedLaterStaysAsItIs() {
      Copy copy =
          conflicting(
              POLICY,
              plugin(
                  conflict ->
                      conflict.physicalValue().equals(3L)
                          ? Decision.use(7)
                          : Decision.unresolved("TooHigh")));
      copy.pass(PHYSICAL);

      Resolution later = copy.pass(PHYSICAL.with(REPLICAS, 4));

      assertThat(copy.value(REPLICAS)).contains(7L);
      assertThat(later.unresolved()).isEqualTo(ON_REPLICAS);
    }

    @Test
    void ofAnotherTypeIsRefused() {
      assertFault(
          plugin(conflict -> Decision.use("seven")),
          "StrategyGaveOtherType",
          "gave a value of another type than either side's");
    }

    @Test
    void thatWouldRenameAnItemIsRefused() {
      String item = "spec.template.spec.containers[name=\"web\"]";
      ObjectTree withItem = PHYSICAL.with(item + ".image", "web:1");
      Copy copy =
          new Copy(POLICY, plugin(conflict -> Decision.use(Map.of("name", "other"))))
              .created(withItem);
      copy.deleted("kubectl", item);

      Resolution resolution = copy.pass(withItem);

      assertThat(resolution.records().get(0).reason()).isEqualTo("StrategyGaveNoJson");
      assertThat(copy.value(item)).isEmpty();
    }
  }

  @Nested
  class AFault {
    @Test
    void toReturnNullLeavesTheFieldOpen() {
      assertFault(plugin(conflict -> null), "StrategyReturnedNull", "returned null");
    }

    @Test
    void toThrowLeavesTheFieldOpen() {
      assertFault(
          plugin(
              conflict -> {
                throw new IllegalStateException("no idea");
              }),
          "StrategyFailed",
          "threw java.lang.IllegalStateException: no idea");
    }

    @Test
    void toTakeTooLongLeavesTheFieldOpen() {
      CountDownLatch never = new CountDownLatch(1);
      assertFault(
          plugin(
              conflict -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return Decision.takePhysical();
              }),
          "StrategyTimedOut",
          "no answer within 500 ms");
    }

    @Test
    void isTheFallbacksCaseToo() {
      Copy copy = conflicting(POLICY + ", fallback: client-side-wins", plugin(conflict -> null));

      Resolution resolution = copy.pass(PHYSICAL);

      assertThat(copy.value(REPLICAS)).contains(3L);
      assertThat(resolution.records().get(0).decidedBy()).isEqualTo("fallback");
      assertThat(resolution.problems()).hasSize(1);
    }
  }

  private static void assertFault(ConflictStrategy strategy, String reason, String told) {
    Copy copy = conflicting(POLICY, strategy);

    Resolution resolution = copy.pass(PHYSICAL);

    assertThat(copy.value(REPLICAS)).contains(5L);
    assertThat(resolution.unresolved()).isEqualTo(ON_REPLICAS);
    assertThat(resolution.records())
        .extracting(ConflictRecord::outcome, ConflictRecord::reason, ConflictRecord::strategy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Outcome.UNRESOLVED, reason, "acme.example.com/s"));
    assertThat(resolution.problems())
        .containsExactly("strategy acme.example.com/s, on spec.replicas: " + told);
  }

  @Nested
  class Secrets {
    private static final String PASSWORD = "data.password";
    private static final ObjectTree SECRET =
        Objects.yaml(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: s, namespace: shop, uid: u1, annotations: {note: pa55}}
            data: {password: cGE1NQ==}
            """);

    @ParameterizedTest
    @ValueSource(strings = {PASSWORD, "metadata.annotations.note"})
    void areSensitiveInEveryField(String field) {
      Copy copy =
          new Copy(
              CopyKind.SECRET,
              "strategy: acme.example.com/s",
              plugin(
                  conflict -> {
                    assertThat(conflict.sensitive()).isTrue();
                    throw new IllegalStateException(String.valueOf(conflict.physicalValue()));
                  }));
      copy.created(SECRET);
      copy.edited("kubectl", field, "b3RoZXI=");

      Resolution resolution = copy.pass(SECRET);

      ConflictRecord record = resolution.records().get(0);
      assertThat(record.reason()).isEqualTo("StrategyFailed");
      assertThat(record.physicalValue()).isNull();
      assertThat(record.upstreamValue()).isNull();
      assertThat(record.upstreamChange()).isEqualTo(Change.EDITED);
      assertThat(resolution.problems())
          .singleElement()
          .asString()
          .endsWith("threw java.lang.IllegalStateException");
      assertThat(record.toString() + resolution.problems())
          .doesNotContain("cGE1NQ", "pa55", "b3RoZXI");
    }
  }

  @Nested
  class Values {
    @Test
    void areRecorded() {
      Copy copy = conflicting("strategy: client-side-wins", plugin(conflict -> null));

      ConflictRecord record = copy.pass(PHYSICAL).records().get(0);

      assertThat(record.physicalValue()).isEqualTo(3L);
      assertThat(record.upstreamValue()).isEqualTo(5L);
      assertThat(record.workspace()).isEqualTo("root:shop");
      assertThat(record.syncTarget()).isEqualTo("edge-1");
      assertThat(record.time()).isEqualTo(Copy.NOW);
      assertThat(record.upstream())
          .isEqualTo(ObjectKey.upstream("deployments.apps", "shop", "web"));
    }

    @Test
    void areNotWhereARuleSaysSo() {
      Copy copy =
          conflicting(
              "rules: [{name: r, group: apps, resource: deployments, fields: [spec.replicas],"
                  + " strategy: client-side-wins, values: Redacted}]",
              plugin(conflict -> null));

      ConflictRecord record = copy.pass(PHYSICAL).records().get(0);

      assertThat(record.physicalValue()).isNull();
      assertThat(record.upstreamValue()).isNull();
    }

    @Test
    void areCutWhenTheyAreLong() {
      ObjectTree longLabel = PHYSICAL.with("metadata.annotations.long", "ä".repeat(2000));
      Copy copy =
          new Copy("strategy: client-side-wins", plugin(conflict -> null)).created(longLabel);
      copy.edited("kubectl", "metadata.annotations.long", "short");

      ConflictRecord record = copy.pass(longLabel).records().get(0);

      assertThat(record.physicalValue()).isEqualTo("\"" + "ä".repeat(511) + "…");
      assertThat(record.upstreamValue()).isEqualTo("short");
    }
  }
}
