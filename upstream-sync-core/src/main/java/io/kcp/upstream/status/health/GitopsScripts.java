package io.kcp.upstream.status.health;

import static io.kcp.upstream.status.health.GitopsRules.degraded;
import static io.kcp.upstream.status.health.GitopsRules.healthy;
import static io.kcp.upstream.status.health.GitopsRules.progressing;

import java.util.List;

/** Kinds that Argo CD judges by scripts that it ships. */
final class GitopsScripts {
  private GitopsScripts() {}

  /** Times are compared as text. */
  static Ruling cronJob(Look look) {
    if (look.isTrue("spec.suspend")) {
      return healthy();
    }
    if (!look.hasStatus()) {
      return progressing("it has no status yet");
    }
    String scheduled = look.text("status.lastScheduleTime");
    String succeeded = look.text("status.lastSuccessfulTime");
    boolean settled =
        scheduled.isEmpty()
            || succeeded.isEmpty()
            || !look.object().items("status.active").isEmpty()
            || succeeded.compareTo(scheduled) >= 0;
    return settled ? healthy() : degraded("its last run did not succeed");
  }

  static Ruling budget(Look look) {
    List<Condition> conditions = look.conditions();
    if (conditions.isEmpty()) {
      return progressing("it has no condition yet");
    }
    return conditions.stream()
            .anyMatch(condition -> condition.isFalse() && !condition.hasReason("InsufficientPods"))
        ? degraded("one of its conditions is False")
        : healthy();
  }

  /** In the order of the list. */
  static Ruling definition(Look look) {
    List<Condition> conditions = look.conditions();
    if (conditions.isEmpty()) {
      return progressing("it has no condition yet");
    }
    boolean established = false;
    for (Condition condition : conditions) {
      if (condition.is("Terminating") && condition.isTrue()) {
        return progressing("its objects are deleted");
      }
      boolean refused = condition.is("NamesAccepted") && condition.isFalse();
      boolean odd = condition.is("NonStructuralSchema") && condition.isTrue();
      if (refused || odd) {
        return degraded(condition.messageOr(condition.type() + " is " + condition.status()));
      }
      if (condition.is("Established")) {
        if (!condition.isTrue() && condition.hasReason("Installing")) {
          return progressing("it is not served yet");
        }
        established = condition.isTrue();
      }
    }
    return established ? healthy() : degraded("it is not served");
  }
}
