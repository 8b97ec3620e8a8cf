package io.kcp.upstream.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What plug-ins return and are told. */
class PluginValuesTest {
  @Test
  void decisionsAreValues() {
    assertThat(Decision.takePhysical()).isEqualTo(new Decision.TakePhysical());
    assertThat(Decision.keepUpstream()).isEqualTo(new Decision.KeepUpstream());
    assertThat(Decision.use(3)).isEqualTo(new Decision.UseValue(3L));
    assertThat(Decision.unresolved("NotIntegers"))
        .isEqualTo(new Decision.Unresolved("NotIntegers"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "notIntegers", "Not Integers", "Not-integers", "Not.integers"})
  void aReasonIsACamelCaseWordAndNeverRepeatedInTheMessage(String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decision.unresolved(reason))
        .withMessage("reason: it must be CamelCase letters and digits, such as NotIntegers");
  }

  @Test
  void aValueThatIsDecidedForCanNotChangeLater() {
    List<Object> list = new ArrayList<>(List.of(1));
    Decision.UseValue decision = (Decision.UseValue) Decision.use(Map.of("a", list));

    list.add(2);

    assertThat(decision.value()).isEqualTo(Map.of("a", List.of(1L)));
  }

  @Test
  void aDecisionsTextHasNoValue() {
    assertThat(Decision.use("hunter2").toString()).doesNotContain("hunter2");
  }

  @Test
  void aValueThatIsNoJsonIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decision.use(Map.of("a", List.of(Instant.EPOCH))))
        .withMessage(
            "a[0]: a JSON value is needed (map, list, string, boolean or finite number), not java.time.Instant");
  }

  @Test
  void aVerdictHoldsUntilAChangeUnlessItSaysWhenToLookAgain() {
    HealthVerdict verdict = HealthVerdict.of(Health.PROGRESSING, "Rolling", "1 of 3 ready");

    assertThat(verdict.recheckAfter()).isNull();
    assertThat(verdict.finished()).isFalse();
    assertThat(verdict.recheckAfter(Duration.ofSeconds(5)).asFinished())
        .isEqualTo(
            new HealthVerdict(
                Health.PROGRESSING, "Rolling", "1 of 3 ready", true, Duration.ofSeconds(5)));
  }

  @Test
  void podSumsAreCopied() {
    Map<String, Integer> phases = new HashMap<>(Map.of("Running", 2));
    PodRollup pods = new PodRollup(2, 2, 0, phases, Map.of());

    phases.clear();

    assertThat(pods.byPhase()).isEqualTo(Map.of("Running", 2));
  }

  @Test
  void aConflictsTextHasNoValue() {
    Set<String> managers = new HashSet<>(Set.of("hpa"));
    ConflictRecord record =
        new ConflictRecord(
            Instant.EPOCH,
            "root:shop",
            "edge-1",
            ObjectKey.physical("secrets", "shop", "db"),
            ObjectKey.upstream("secrets", "shop", "db"),
            FieldPath.parse("data.password"),
            Change.EDITED,
            Change.NONE,
            "hunter2",
            "hunter1",
            managers,
            ConflictRecord.Outcome.UNRESOLVED,
            "three-way-merge",
            "SyncTarget",
            "BothChanged");

    managers.clear();

    assertThat(record.otherManagers()).containsExactly("hpa");
    assertThat(record.toString())
        .contains("secrets/shop/db", "data.password", "UNRESOLVED")
        .doesNotContain("hunter");
  }

  @Test
  void pluginsTakeAllAndNeedABaseByDefault() {
    Transformer same =
        new Transformer() {
          @Override
          public String name() {
            return "same";
          }

          @Override
          public ObjectTree transform(ObjectTree object, TransformContext context) {
            return object;
          }
        };
    ConflictStrategy keep =
        new ConflictStrategy() {
          @Override
          public String name() {
            return "keep";
          }

          @Override
          public Decision resolve(FieldConflict conflict) {
            return Decision.keepUpstream();
          }
        };

    assertThat(same.handles(GroupResource.parse("pods"))).isTrue();
    assertThat(keep.needsBase()).isTrue();
  }
}
