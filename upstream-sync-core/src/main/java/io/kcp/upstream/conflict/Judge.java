package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.Decision;
import io.kcp.upstream.spi.Decision.Unresolved;
import io.kcp.upstream.spi.Decision.UseValue;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.PluginCalls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks strategies, and does not believe them blindly. A fault leaves the field unresolved. */
final class Judge {
  private final Chooser chooser;
  private final PluginCalls plugins;
  private final FieldSet refused;
  private final List<String> problems;

  /**
   * @param refused fields for which the workspace does not take what a strategy makes of them
   * @param problems gets what strategies did wrong
   */
  Judge(Chooser chooser, PluginCalls plugins, FieldSet refused, List<String> problems) {
    this.chooser = chooser;
    this.plugins = plugins;
    this.refused = refused;
    this.problems = problems;
  }

  /** The decision of the strategy in force, else of the fallback. */
  Ruling rule(Asked question) {
    Chooser.Chosen first = chooser.chosen(question.path());
    Ruling ruling = ask(question, first);
    Optional<Chooser.Chosen> fallback =
        ruling.isOpen() ? chooser.fallback(first) : Optional.empty();
    return fallback.map(next -> ask(question, next)).orElse(ruling);
  }

  /** The name of the strategy in force for the field. */
  String inForce(Asked question) {
    return chooser.chosen(question.path()).name();
  }

  private Ruling ask(Asked question, Chooser.Chosen chosen) {
    ConflictStrategy strategy = chooser.strategy(chosen);
    Asked put = question.with(chosen.parameters());
    Decision decision = decision(strategy, strategy.needsBase() ? put : put.withoutChanges());
    return new Ruling(question, decision, chosen, Optional.empty());
  }

  private Decision decision(ConflictStrategy strategy, Asked question) {
    if (BuiltInStrategies.isBuiltIn(strategy)) {
      return strategy.resolve(question);
    }
    try {
      return plugins
          .call(() -> Optional.ofNullable(strategy.resolve(question)))
          .map(decision -> checked(decision, strategy, question))
          .orElseGet(() -> fault("StrategyReturnedNull", strategy, question, "returned null"));
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause() == null ? e : e.getCause();
      String what = question.sensitive() ? thrown.getClass().getName() : thrown.toString();
      return fault("StrategyFailed", strategy, question, "threw " + what);
    } catch (TimeoutException e) {
      return fault("StrategyTimedOut", strategy, question, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Decision.unresolved("Interrupted");
    }
  }

  private Decision checked(Decision decision, ConflictStrategy strategy, Asked question) {
    if (!(decision instanceof UseValue use)) {
      return decision;
    }
    if (refused.contains(question.path())) {
      return fault(
          "StrategyValueRefused", strategy, question, "gave a value that the workspace refuses");
    }
    Optional<Object> value = json(use.value(), question);
    if (value.isEmpty()) {
      return fault(
          "StrategyGaveNoJson", strategy, question, "gave a value that can't stand in this field");
    }
    boolean fits =
        isLike(value.get(), question.physicalValue())
            || isLike(value.get(), question.upstreamValue());
    return fits
        ? Decision.use(value.get())
        : fault(
            "StrategyGaveOtherType",
            strategy,
            question,
            "gave a value of another type than either side's");
  }

  /** The value as an object that holds it would have it. */
  private static Optional<Object> json(Object value, Asked question) {
    try {
      ObjectTree with = question.upstream().with(question.path().toString(), value);
      return with.get(question.path());
    } catch (IllegalArgumentException | FieldTypeException e) {
      return Optional.empty(); // told as a fault; its message may hold the value
    }
  }

  private static boolean isLike(Object value, @Nullable Object other) {
    return other != null && type(value).equals(type(other));
  }

  private static Class<?> type(Object value) {
    if (value instanceof Map) {
      return Map.class;
    }
    return value instanceof List
        ? List.class
        : value instanceof Number ? Number.class : value.getClass();
  }

  private Unresolved fault(String reason, ConflictStrategy strategy, Asked question, String what) {
    problems.add("strategy %s, on %s: %s".formatted(strategy.name(), question.path(), what));
    return new Unresolved(reason);
  }
}
