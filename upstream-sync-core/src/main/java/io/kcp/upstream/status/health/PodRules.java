package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.ObjectTree;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pods: the phase first, since a pod that succeeded says Ready=False too. */
final class PodRules {
  private static final String HOOK = "argocd.argoproj.io/hook";

  static final List<Rule> RULES =
      List.of(
          new Rule("pod.no-phase", inPhase("", look -> notStarted())),
          new Rule("pod.succeeded", inPhase("Succeeded", look -> succeeded())),
          new Rule("pod.failed", inPhase("Failed", PodRules::failed)),
          new Rule("pod.ready", inPhase("Running", PodRules::ready)),
          new Rule("pod.runs-to-completion", inPhase("Running", PodRules::runsToCompletion)),
          new Rule("pod.waiting", PodRules::waiting),
          new Rule("pod.retried", PodRules::retried),
          new Rule("pod.restarted", inPhase("Running", PodRules::restarted)),
          new Rule("pod.not-ready", inPhase("Running", PodRules::notReady)),
          new Rule("pod.unschedulable", inPhase("Pending", PodRules::unschedulable)),
          new Rule("pod.gated", inPhase("Pending", PodRules::gated)),
          new Rule("pod.pending", inPhase("Pending", look -> pending())),
          new Rule("pod.other-phase", PodRules::otherPhase));

  private PodRules() {}

  private static Rule.Judge inPhase(String phase, Rule.Judge judge) {
    return look -> phase(look).equals(phase) ? judge.of(look) : null;
  }

  static String phase(Look look) {
    return look.text("status.phase");
  }

  private static Ruling notStarted() {
    return Ruling.progressing("NoStatus", "nothing is known of it yet");
  }

  private static Ruling succeeded() {
    return Ruling.healthy("Succeeded", "all its containers succeeded").asFinished();
  }

  private static Ruling failed(Look look) {
    String reason = look.text("status.reason");
    return Ruling.degraded(Texts.isReason(reason) ? reason : "PodFailed", failure(look))
        .asFinished();
  }

  static boolean isReady(Look look) {
    return look.trueCondition("Ready").isPresent();
  }

  private static @Nullable Ruling ready(Look look) {
    return isReady(look) && alwaysRestarts(look)
        ? Ruling.healthy("Ready", "it runs and is ready")
        : null;
  }

  private static @Nullable Ruling runsToCompletion(Look look) {
    return isReady(look)
        ? Ruling.progressing("RunningToCompletion", "it runs until its work is done")
        : null;
  }

  private static @Nullable Ruling waiting(Look look) {
    return knownPhase(look) && alwaysRestarts(look)
        ? Waiting.failing(look)
            .map(waiting -> Ruling.degraded(reason(waiting), waiting.text()))
            .orElse(null)
        : null;
  }

  /** What is retried a bounded number of times is its owner's to give up. */
  private static @Nullable Ruling retried(Look look) {
    return knownPhase(look) && !alwaysRestarts(look)
        ? Waiting.failing(look)
            .map(waiting -> Ruling.progressing(reason(waiting), waiting.text()))
            .orElse(null)
        : null;
  }

  private static boolean knownPhase(Look look) {
    return phase(look).equals("Running") || phase(look).equals("Pending");
  }

  private static String reason(Waiting waiting) {
    return Texts.isReason(waiting.reason()) ? waiting.reason() : "ContainerWaiting";
  }

  private static @Nullable Ruling restarted(Look look) {
    return alwaysRestarts(look)
        ? look.object().items("status.containerStatuses").stream()
            .filter(status -> status.tree("lastState.terminated").isPresent())
            .findFirst()
            .map(
                status ->
                    Ruling.degraded(
                        "ContainerRestarted",
                        "container %s ended before and is not ready: %s"
                            .formatted(
                                status.string("name").orElse(""),
                                ended(status.tree("lastState.terminated").orElseThrow()))))
            .orElse(null)
        : null;
  }

  private static Ruling notReady(Look look) {
    return Ruling.progressing("NotReady", "it runs and is not ready yet");
  }

  private static @Nullable Ruling unschedulable(Look look) {
    Optional<Condition> unscheduled = unscheduled(look, "Unschedulable");
    if (unscheduled.isEmpty()) {
      return null;
    }
    String message = unscheduled.get().messageOr("no node takes it");
    Duration left = look.leftSinceCreation(look.settings().scheduleWindow());
    return left.isNegative() || left.isZero()
        ? Ruling.degraded("Unschedulable", message)
        : Ruling.progressing("Unschedulable", message).again(left);
  }

  private static @Nullable Ruling gated(Look look) {
    return unscheduled(look, "SchedulingGated")
        .map(gated -> Ruling.progressing("SchedulingGated", gated.messageOr("a gate holds it")))
        .orElse(null);
  }

  static Optional<Condition> unscheduled(Look look, String reason) {
    return look.condition("PodScheduled")
        .filter(Condition::isFalse)
        .filter(scheduled -> scheduled.hasReason(reason));
  }

  private static Ruling pending() {
    return Ruling.progressing("Pending", "its containers are not started yet");
  }

  private static Ruling otherPhase(Look look) {
    return Ruling.unknown("UnknownPhase", "its phase is " + Texts.oneLine(phase(look)));
  }

  /** Also where its annotation says that it is to be judged so, save on hooks. */
  private static boolean alwaysRestarts(Look look) {
    String policy = look.text("spec.restartPolicy");
    return policy.isEmpty() || countsAsAlways(look, policy);
  }

  static boolean countsAsAlways(Look look, String policy) {
    String ignored = look.annotation(look.settings().restartPolicyAnnotation());
    return policy.equals("Always") || (ignored.equals("true") && !isHook(look));
  }

  private static boolean isHook(Look look) {
    return look.hasAnnotation("helm.sh/hook")
        || Arrays.stream(look.annotation(HOOK).split(",", -1))
            .map(String::strip)
            .anyMatch(hook -> !hook.isEmpty() && !hook.equals("Skip"));
  }

  /** What it says itself, else what the first container that failed says. */
  static String failure(Look look) {
    String message = Texts.oneLine(look.text("status.message"));
    if (!message.isEmpty()) {
      return message;
    }
    return Stream.of("status.initContainerStatuses", "status.containerStatuses")
        .flatMap(statuses -> look.object().items(statuses).stream())
        .flatMap(status -> failure(status).stream())
        .findFirst()
        .orElse("it failed");
  }

  private static Optional<String> failure(ObjectTree status) {
    return status
        .tree("state.terminated")
        .filter(
            state ->
                !state.string("message").orElse("").isEmpty()
                    || state.integer("exitCode").orElse(0) != 0
                    || state.string("reason").orElse("").equals("OOMKilled"))
        .map(state -> "container %s: %s".formatted(status.string("name").orElse(""), ended(state)));
  }

  private static String ended(ObjectTree state) {
    String message = Texts.oneLine(state.string("message").orElse(""));
    String reason = state.string("reason").orElse("");
    OptionalLong code = state.integer("exitCode");
    if (!message.isEmpty()) {
      return message;
    }
    return reason.equals("OOMKilled") ? reason : "exit code " + code.orElse(0);
  }
}
