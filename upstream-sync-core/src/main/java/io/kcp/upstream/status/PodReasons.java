package io.kcp.upstream.status;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;

/**
 * The one reason why a pod is held back, in the words that {@code kubectl} shows where it has any.
 * What only takes its time, such as a container that is being created, is no reason.
 */
final class PodReasons {
  private static final String INIT = "Init";

  private PodReasons() {}

  static String of(ObjectTree pod, boolean ready) {
    String phase = pod.string("status.phase").orElse("");
    if (ready || phase.equals("Succeeded")) {
      return "";
    }
    return pod.string("status.reason")
        .filter(reason -> !reason.isEmpty()) // Evicted, NodeLost, DeadlineExceeded
        .or(() -> notScheduled(pod))
        .or(() -> ofInitContainers(pod))
        .or(() -> ofContainers(pod))
        .orElse("");
  }

  private static Optional<String> notScheduled(ObjectTree pod) {
    return pod.items("status.conditions").stream()
        .filter(each -> PodReader.is(each, "type", "PodScheduled"))
        .filter(each -> PodReader.is(each, "status", "False"))
        .findFirst()
        .map(each -> each.string("reason").orElse("Unschedulable"));
  }

  private static Optional<String> ofInitContainers(ObjectTree pod) {
    return pod.items("status.initContainerStatuses").stream()
        .flatMap(each -> ofInitContainer(each).stream())
        .findFirst();
  }

  private static Optional<String> ofInitContainer(ObjectTree container) {
    if (container.tree("state.running").isPresent()) {
      // One that is started for good serves beside the others: a sidecar.
      return container.isTrue("started") || container.isTrue("ready")
          ? Optional.empty()
          : Optional.of(INIT + "Running");
    }
    return broken(container).map(reason -> INIT + reason);
  }

  private static Optional<String> ofContainers(ObjectTree pod) {
    Optional<String> broken =
        pod.items("status.containerStatuses").stream()
            .flatMap(each -> broken(each).stream())
            .findFirst();
    return broken.or(
        () ->
            pod.items("status.containerStatuses").stream()
                .flatMap(each -> notReady(each).stream())
                .findFirst());
  }

  private static Optional<String> broken(ObjectTree container) {
    Optional<String> ended = container.tree("state.terminated").flatMap(PodReasons::failed);
    if (ended.isPresent()) {
      return ended;
    }
    return container
        .string("state.waiting.reason")
        .filter(reason -> !reason.equals("ContainerCreating") && !reason.equals("PodInitializing"))
        .map(reason -> waiting(container, reason));
  }

  private static Optional<String> failed(ObjectTree terminated) {
    return terminated.integer("exitCode").orElse(0) == 0
        ? Optional.empty()
        : Optional.of(terminated.string("reason").orElse("Error"));
  }

  /** What lies behind the reason where the container says it. */
  private static String waiting(ObjectTree container, String reason) {
    if (reason.equals("CrashLoopBackOff")
        && container
            .string("lastState.terminated.reason")
            .filter("OOMKilled"::equals)
            .isPresent()) {
      return "OOMKilled";
    }
    if (reason.equals("CreateContainerConfigError")) {
      String message = container.string("state.waiting.message").orElse("");
      if (message.startsWith("configmap ") || message.contains("in ConfigMap ")) {
        return "MissingConfigMap";
      }
      if (message.startsWith("secret ") || message.contains("in Secret ")) {
        return "MissingSecret";
      }
    }
    return reason;
  }

  private static Optional<String> notReady(ObjectTree container) {
    if (container.tree("state.running").isEmpty() || container.isTrue("ready")) {
      return Optional.empty();
    }
    return Optional.of(container.isTrue("started") ? "ReadinessProbeFailing" : "NotStarted");
  }
}
