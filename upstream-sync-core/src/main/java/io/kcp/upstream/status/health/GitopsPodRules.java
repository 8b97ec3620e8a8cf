package io.kcp.upstream.status.health;

import static io.kcp.upstream.status.health.GitopsRules.degraded;
import static io.kcp.upstream.status.health.GitopsRules.healthy;
import static io.kcp.upstream.status.health.GitopsRules.progressing;

import java.util.Optional;

/** Pods, as Argo CD has them: a missing restart policy is not defaulted. */
final class GitopsPodRules {
  private GitopsPodRules() {}

  static Ruling pod(Look look) {
    String policy = policy(look);
    if (policy.equals("Always")) {
      Optional<Waiting> failing =
          Waiting.in(look, "status.containerStatuses")
              .filter(waiting -> Waiting.isUsualFailure(waiting.reason()))
              .findFirst();
      if (failing.isPresent()) {
        return degraded(failing.get().text());
      }
    }
    return byPhase(look, policy);
  }

  private static Ruling byPhase(Look look, String policy) {
    String phase = look.text("status.phase");
    return switch (phase) {
      case "Pending" -> progressing("its containers are not started yet");
      case "Succeeded" -> healthy().asFinished();
      case "Failed" -> degraded(PodRules.failure(look)).asFinished();
      case "Running" -> running(look, policy);
      default -> Ruling.unknown("UnknownPhase", "its phase is " + Texts.oneLine(phase));
    };
  }

  private static Ruling running(Look look, String policy) {
    return switch (policy) {
      case "Always" -> runningForever(look);
      case "OnFailure", "Never" -> progressing("it runs until its work is done");
      default -> Ruling.unknown("UnknownRestartPolicy", "it has no restart policy that is known");
    };
  }

  private static Ruling runningForever(Look look) {
    if (PodRules.isReady(look)) {
      return healthy();
    }
    boolean restarted =
        look.object().items("status.containerStatuses").stream()
            .anyMatch(status -> status.tree("lastState.terminated").isPresent());
    return restarted
        ? degraded("a container ended before and is not ready")
        : progressing("it runs and is not ready yet");
  }

  private static String policy(Look look) {
    String policy = look.text("spec.restartPolicy");
    boolean counts = !policy.isEmpty() && PodRules.countsAsAlways(look, policy);
    return counts ? "Always" : policy;
  }
}
