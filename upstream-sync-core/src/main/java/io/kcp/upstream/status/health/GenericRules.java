package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.FieldPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds for any kind, before and after the rules of its own. */
final class GenericRules {
  private static final FieldPath DELETION = FieldPath.of("metadata", "deletionTimestamp");
  private static final FieldPath FINALIZERS = FieldPath.of("metadata", "finalizers");

  /** Their controllers always say what they have seen. */
  private static final Set<String> ALWAYS_OBSERVED =
      Set.of(
          "Deployment.apps",
          "Deployment.extensions",
          "StatefulSet.apps",
          "DaemonSet.apps",
          "DaemonSet.extensions",
          "ReplicaSet.apps",
          "ReplicaSet.extensions",
          "ReplicationController");

  static final List<Rule> BEFORE =
      List.of(
          new Rule("namespace.terminating", ApiRules::namespaceTerminating),
          new Rule("generic.deletion", GenericRules::deletion),
          new Rule("deployment.paused", DeploymentRules::paused),
          new Rule("generic.generation", GenericRules::generation),
          new Rule("generic.not-observed", GenericRules::notObserved),
          new Rule("generic.stalled", GenericRules::stalled),
          new Rule("generic.reconciling", GenericRules::reconciling));

  static final List<Rule> AFTER =
      List.of(
          new Rule("generic.ready", GenericRules::ready),
          new Rule("generic.ready-failing", GenericRules::readyFailing),
          new Rule("generic.ready-limit", GenericRules::readyLimit),
          new Rule("generic.not-ready", GenericRules::notReady),
          new Rule(
              "generic.no-signal",
              look -> Ruling.assumed("it exists; nothing on it speaks for or against it")));

  private GenericRules() {}

  static boolean isDeleting(Look look) {
    return look.object().get(DELETION).filter(time -> !"".equals(time)).isPresent();
  }

  static List<String> finalizers(Look look) {
    return look.object().get(FINALIZERS).orElse(List.of()) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static @Nullable Ruling deletion(Look look) {
    if (!isDeleting(look)) {
      return null;
    }
    List<String> finalizers = finalizers(look);
    return Ruling.terminating(
        finalizers.isEmpty()
            ? "it is being deleted"
            : "it is being deleted, and waits for " + String.join(", ", finalizers));
  }

  private static @Nullable Ruling generation(Look look) {
    OptionalLong generation = look.generation();
    if (generation.isEmpty()) {
      return null;
    }
    OptionalLong observed = look.observedGeneration();
    if (observed.isEmpty() || generation.equals(observed)) {
      return null;
    }
    return Ruling.progressing(
        "GenerationNotObserved",
        "it is at generation %d, its controller has seen %d"
            .formatted(generation.getAsLong(), observed.getAsLong()));
  }

  private static @Nullable Ruling notObserved(Look look) {
    boolean applies =
        ALWAYS_OBSERVED.contains(look.type())
            && look.generation().isPresent()
            && look.observedGeneration().isEmpty();
    return applies
        ? Ruling.progressing("GenerationNotObserved", "its controller has not seen it yet")
        : null;
  }

  private static @Nullable Ruling stalled(Look look) {
    Optional<Condition> stalled = look.trueCondition("Stalled");
    if (stalled.isEmpty()) {
      return null;
    }
    Condition condition = stalled.get();
    return condition.olderThan(look.generation())
        ? stale(condition)
        : Ruling.degraded(condition.reasonOr("Stalled"), condition.messageOr("Stalled is True"));
  }

  private static Ruling stale(Condition condition) {
    return Ruling.progressing(
        "ConditionStale",
        "its condition %s is about an older generation".formatted(condition.type()));
  }

  private static @Nullable Ruling reconciling(Look look) {
    return look.trueCondition("Reconciling")
        .map(
            condition ->
                Ruling.progressing(
                    condition.reasonOr("Reconciling"), condition.messageOr("Reconciling is True")))
        .orElse(null);
  }

  private static @Nullable Ruling ready(Look look) {
    Optional<Condition> ready = look.trueCondition("Ready");
    if (ready.isEmpty()) {
      return null;
    }
    Condition condition = ready.get();
    return condition.olderThan(look.generation())
        ? stale(condition)
        : Ruling.healthy(condition.reasonOr("Ready"), condition.messageOr("Ready is True"));
  }

  private static Optional<Condition> unready(Look look) {
    return look.condition("Ready")
        .filter(ready -> ready.isFalse() || ready.status().equals("Unknown"));
  }

  private static @Nullable Ruling readyFailing(Look look) {
    Set<String> failing = look.settings().failingReasons().getOrDefault(look.type(), Set.of());
    return unready(look)
        .filter(Condition::isFalse)
        .filter(ready -> failing.contains(ready.reason()))
        .filter(ready -> !ready.olderThan(look.generation()))
        .map(
            ready -> Ruling.degraded(ready.reasonOr("NotReady"), ready.messageOr("Ready is False")))
        .orElse(null);
  }

  private static @Nullable Ruling readyLimit(Look look) {
    Duration limit = look.settings().notReadyLimit();
    Optional<Condition> unready = unready(look);
    if (limit == null || unready.isEmpty()) {
      return null;
    }
    Condition ready = unready.get();
    Duration left = left(look, ready, limit);
    String message =
        ready.messageOr("Ready is %s: degraded after %s".formatted(ready.status(), limit));
    return left.isNegative() || left.isZero()
        ? Ruling.degraded(ready.reasonOr("NotReady"), message)
        : Ruling.progressing(ready.reasonOr("NotReady"), message).again(left);
  }

  private static Duration left(Look look, Condition ready, Duration limit) {
    Optional<Instant> since =
        ready
            .tree()
            .string("lastTransitionTime")
            .map(text -> Look.instant("status.conditions[type=Ready].lastTransitionTime", text));
    return since
        .map(start -> look.left(limit, start))
        .orElseGet(() -> look.leftSinceCreation(limit));
  }

  private static @Nullable Ruling notReady(Look look) {
    return unready(look)
        .map(
            ready ->
                Ruling.progressing(
                    ready.reasonOr("NotReady"), ready.messageOr("Ready is " + ready.status())))
        .orElse(null);
  }

  static String types(List<Condition> conditions) {
    return conditions.stream().map(Condition::type).collect(Collectors.joining(", "));
  }
}
