package io.kcp.upstream.status.health;

import static io.kcp.upstream.status.health.KstatusRules.current;
import static io.kcp.upstream.status.health.KstatusRules.failed;
import static io.kcp.upstream.status.health.KstatusRules.inProgress;

import java.time.Duration;
import java.util.List;

/** Pods, as kstatus has them. */
final class KstatusPodRules {
  /** Its own, whatever is set for our rules. */
  private static final Duration WINDOW = Duration.ofSeconds(15);

  static final List<Rule> RULES = List.of(new Rule("kstatus.pod", KstatusPodRules::pod));

  private KstatusPodRules() {}

  private static Ruling pod(Look look) {
    String phase = KstatusRules.looseText(look, "status.phase");
    return switch (phase) {
      case "Succeeded" -> current().asFinished();
      case "Failed" -> Ruling.healthy("Current", "it ended, and failed").asFinished();
      case "Running" -> running(look);
      case "Pending" -> pending(look);
      case "" -> inProgress("it has no phase yet");
      default -> Ruling.unknown("UnknownPhase", "its phase is " + Texts.oneLine(phase));
    };
  }

  private static Ruling running(Look look) {
    if (PodRules.isReady(look)) {
      return current();
    }
    return Waiting.in(look, "status.containerStatuses")
        .filter(waiting -> waiting.reason().equals("CrashLoopBackOff"))
        .filter(waiting -> !waiting.container().isEmpty())
        .findFirst()
        .map(waiting -> failed(waiting.text()))
        .orElseGet(() -> inProgress("it runs and is not ready"));
  }

  private static Ruling pending(Look look) {
    if (PodRules.unscheduled(look, "Unschedulable").isEmpty()) {
      return inProgress("its containers are not started yet");
    }
    Duration left = look.leftSinceCreation(WINDOW);
    return left.isNegative() || left.isZero()
        ? failed("no node takes it")
        : inProgress("no node takes it yet").again(left);
  }
}
