package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A container that waits, and why. */
record Waiting(String container, String reason, String message) {
  private static final Set<String> ODD_NAMES =
      Set.of("InvalidImageName", "RegistryUnavailable", "SignatureValidationFailed");

  /** The containers that wait, of a list of container statuses. */
  static Stream<Waiting> in(Look look, String statuses) {
    return look.object().items(statuses).stream()
        .flatMap(status -> status.tree("state.waiting").map(state -> of(status, state)).stream());
  }

  private static Waiting of(ObjectTree status, ObjectTree state) {
    return new Waiting(
        status.string("name").orElse(""),
        state.string("reason").orElse(""),
        Texts.oneLine(state.string("message").orElse("")));
  }

  /** The first container that waits for what will hardly come by itself; init containers first. */
  static Optional<Waiting> failing(Look look) {
    return Stream.concat(
            in(look, "status.initContainerStatuses"), in(look, "status.containerStatuses"))
        .filter(waiting -> isFailure(waiting.reason()))
        .findFirst();
  }

  /** As kubelets name them: ErrImagePull, CreateContainerError, CrashLoopBackOff, and odd ones. */
  static boolean isFailure(String reason) {
    return isUsualFailure(reason) || ODD_NAMES.contains(reason);
  }

  static boolean isUsualFailure(String reason) {
    return reason.startsWith("Err") || reason.endsWith("Error") || reason.endsWith("BackOff");
  }

  String text() {
    return "container %s: %s"
        .formatted(container, message.isEmpty() ? reason : reason + ": " + message);
  }
}
