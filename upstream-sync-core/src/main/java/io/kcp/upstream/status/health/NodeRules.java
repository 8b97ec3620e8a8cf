package io.kcp.upstream.status.health;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nodes. */
final class NodeRules {
  private static final Set<String> PRESSURES =
      Set.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

  static final List<Rule> RULES =
      List.of(
          new Rule("node.not-ready", NodeRules::notReady),
          new Rule("node.pressure", NodeRules::pressure),
          new Rule(
              "node.cordoned",
              look ->
                  look.isTrue("spec.unschedulable")
                      ? Ruling.healthy("Cordoned", "it is ready, and takes no new pods")
                      : null),
          new Rule("node.ready", look -> Ruling.healthy("Ready", "it is ready")));

  private NodeRules() {}

  private static @Nullable Ruling notReady(Look look) {
    if (look.trueCondition("Ready").isPresent()) {
      return null;
    }
    String message =
        look.condition("Ready")
            .map(ready -> ready.messageOr("Ready is " + ready.status()))
            .orElse("its kubelet has not reported yet");
    Duration left = look.leftSinceCreation(look.settings().nodeGrace());
    return left.isNegative() || left.isZero()
        ? Ruling.degraded("NotReady", message)
        : Ruling.progressing("NotReady", message).again(left);
  }

  private static @Nullable Ruling pressure(Look look) {
    return look.conditions().stream()
        .filter(condition -> PRESSURES.contains(condition.type()))
        .filter(Condition::isTrue)
        .findFirst()
        .map(
            condition ->
                Ruling.degraded(
                    condition.type(), condition.messageOr(condition.type() + " is True")))
        .orElse(null);
  }
}
