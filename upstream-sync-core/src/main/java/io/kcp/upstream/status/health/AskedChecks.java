package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.HealthVerdict;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The host's health checks, in their order: the first usable answer counts. */
record AskedChecks(List<HealthCheck> checks) {
  /** What they said; null when none had an answer. Faults name the check that made each. */
  record Answer(Rule.@Nullable Decided decided, List<String> faults) {}

  Answer ask(GroupResource resource, ObjectTree object, HealthContext context) {
    List<String> faults = new ArrayList<>();
    for (HealthCheck check : checks) {
      String name = check.getClass().getName();
      try {
        name = check.name();
        Optional<HealthVerdict> verdict =
            check.handles(resource) ? check.assess(object, context) : Optional.empty();
        String fault = fault(verdict);
        if (fault != null) {
          faults.add("health check %s %s".formatted(name, fault));
        } else if (verdict.isPresent()) {
          return new Answer(new Rule.Decided(name, ruling(verdict.get())), faults);
        }
      } catch (LateException e) {
        faults.add("health check %s: %s".formatted(name, e.getMessage()));
      } catch (RuntimeException | LinkageError e) {
        // The class alone: its message could hold anything of the object.
        faults.add("health check %s threw %s".formatted(name, e.getClass().getName()));
      }
    }
    return new Answer(null, faults);
  }

  /** What is wrong with an answer; null when nothing is. */
  @SuppressWarnings("NullableOptional") // others wrote it
  private static @Nullable String fault(@Nullable Optional<HealthVerdict> verdict) {
    if (verdict == null) {
      return "returned null; no verdict is Optional.empty()";
    }
    return verdict.map(AskedChecks::wrong).filter(wrong -> !wrong.isEmpty()).orElse(null);
  }

  private static String wrong(HealthVerdict verdict) {
    if (isNull(verdict.health()) || isNull(verdict.reason()) || isNull(verdict.message())) {
      return "returned a verdict without a health, reason or message";
    }
    if (!Texts.isReason(verdict.reason())) {
      return "returned a reason that is not CamelCase, such as MinimumReplicasAvailable";
    }
    Duration again = verdict.recheckAfter();
    return again != null && (again.isNegative() || again.isZero())
        ? "returned a recheckAfter that is not in the future"
        : "";
  }

  private static boolean isNull(@Nullable Object value) {
    return value == null;
  }

  private static Ruling ruling(HealthVerdict verdict) {
    return new Ruling(
        verdict.health(),
        verdict.reason(),
        Texts.oneLine(verdict.message()),
        verdict.finished(),
        false,
        true,
        verdict.recheckAfter());
  }
}
