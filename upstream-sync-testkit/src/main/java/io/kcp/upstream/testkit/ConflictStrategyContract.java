package io.kcp.upstream.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.FieldConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ConflictStrategy} must keep: extend it in the strategy's tests.
 *
 * <p>It is checked with conflicts on numbers, texts, lists and maps, on fields that one side lacks,
 * with all that each side may have done, and with {@link #samples()}.
 */
public abstract class ConflictStrategyContract {
  private static final String REPLICAS = "spec.replicas";
  private static final String IMAGE = "spec.template.spec.containers[name=\"web\"].image";
  private static final String ARGS = "spec.template.spec.containers[name=\"web\"].args";
  private static final String NODES = "spec.template.spec.nodeSelector";

  /** For subclasses. */
  protected ConflictStrategyContract() {}

  /** A new instance of the strategy under test, equal in behaviour to any other. */
  protected abstract ConflictStrategy strategy();

  /** Conflicts of the kind that the strategy is made for, beside the built-in ones. */
  protected Stream<FieldConflict> samples() {
    return Stream.empty();
  }

  /** SyncTargets can name it. */
  @Test
  public void hasAValidName() {
    PluginRules.checkName(strategy().name(), strategy().name());
  }

  /** Never null, and no exception: who can't decide says {@link Decision#unresolved}. */
  @Test
  public void decidesOrSaysThatItCannot() {
    ConflictStrategy strategy = strategy();
    for (FieldConflict conflict : conflicts()) {
      assertNotNull(strategy.resolve(conflict), () -> "null for " + text(conflict));
    }
  }

  /** The same conflict, the same decision, also by another instance. */
  @Test
  public void decidesTheSameAgain() {
    ConflictStrategy strategy = strategy();
    for (FieldConflict conflict : conflicts()) {
      Decision first = strategy.resolve(conflict);
      assertEquals(first, strategy.resolve(conflict), () -> "asked again: " + text(conflict));
      assertEquals(
          first, strategy().resolve(conflict), () -> "another instance: " + text(conflict));
    }
  }

  /** Workers ask one instance, many at a time. */
  @Test
  public void decidesTheSameForManyThreads() {
    ConflictStrategy strategy = strategy();
    List<FieldConflict> conflicts = conflicts();
    PluginRules.checkThreads(() -> conflicts.stream().map(strategy::resolve).toList());
  }

  /**
   * The law: once the value decided for is upstream, asking again keeps it. Otherwise the strategy
   * would fight with itself.
   */
  @Test
  public void keepsWhatItDecidedFor() {
    ConflictStrategy strategy = strategy();
    for (FieldConflict conflict : conflicts()) {
      Decision first = strategy.resolve(conflict);
      if (first instanceof Decision.Unresolved) {
        continue;
      }
      FieldConflict settled = SettledConflict.of(conflict, outcome(first, conflict));
      Decision second = strategy.resolve(settled);
      boolean kept =
          second instanceof Decision.Unresolved
              ? Objects.equals(settled.physicalValue(), settled.upstreamValue())
              : Objects.equals(outcome(second, settled), settled.upstreamValue());
      if (!kept) {
        fail(
            "first it decided %s for %s; with that value upstream it decided %s"
                .formatted(first, text(conflict), second));
      }
    }
  }

  /** The field's value upstream once the decision is carried out. */
  private static @Nullable Object outcome(Decision decision, FieldConflict conflict) {
    if (decision instanceof Decision.UseValue use) {
      return use.value();
    }
    return decision instanceof Decision.TakePhysical
        ? conflict.physicalValue()
        : conflict.upstreamValue();
  }

  private List<FieldConflict> conflicts() {
    List<FieldConflict> conflicts = new ArrayList<>();
    for (Change physical : Change.values()) {
      for (Change upstream : Change.values()) {
        builtIn().forEach(draft -> conflicts.add(draft.changes(physical, upstream).build()));
      }
    }
    samples().forEach(conflicts::add);
    return conflicts;
  }

  private static Stream<FieldConflicts.Builder> builtIn() {
    return Stream.of(
        FieldConflicts.on(REPLICAS).physical(3L).upstream(5L),
        FieldConflicts.on(REPLICAS).physical(5L).upstream(3L).by("autoscaler"),
        FieldConflicts.on(REPLICAS).physical(5L).upstream(5L),
        FieldConflicts.on(REPLICAS).physical(3L),
        FieldConflicts.on(REPLICAS).upstream(3L),
        FieldConflicts.on("spec.paused").physical(true).upstream(false),
        FieldConflicts.on(IMAGE).physical("web:1").upstream("web:2"),
        FieldConflicts.on("metadata.labels.tier").physical("").upstream("front").by("a").by("b"),
        FieldConflicts.on(ARGS).physical(List.of("-a", "-b")).upstream(List.of("-b", "-c")),
        FieldConflicts.on(ARGS).physical(List.of()).upstream(List.of("-c")),
        FieldConflicts.on(NODES)
            .physical(Map.of("zone", "a", "disk", "ssd"))
            .upstream(Map.of("zone", "b")));
  }

  private static String text(FieldConflict conflict) {
    return "%s: physical %s (%s), upstream %s (%s)"
        .formatted(
            conflict.path(),
            conflict.physicalValue(),
            conflict.physicalChange(),
            conflict.upstreamValue(),
            conflict.upstreamChange());
  }
}
