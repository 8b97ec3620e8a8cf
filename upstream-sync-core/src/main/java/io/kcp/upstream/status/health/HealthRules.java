package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Says how an object does. Health checks of the host are asked first, in the order given; then the
 * rules of the profile. Never throws for an object that is odd: what can't be read is {@code
 * UNKNOWN}, with the field's path. Immutable, thread-safe, and without a clock: the time is the
 * context's.
 *
 * <pre>{@code
 * HealthRules rules = HealthRules.of(HealthSettings.defaults(), List.of());
 * Assessment web = rules.assess(GroupResource.parse("deployments.apps"), object, context);
 * }</pre>
 */
public final class HealthRules {
  private final HealthSettings settings;
  private final AskedChecks checks;
  private final Rulebook rulebook;

  private HealthRules(HealthSettings settings, AskedChecks checks) {
    this.settings = settings;
    this.checks = checks;
    this.rulebook =
        switch (settings.profile()) {
          case UNION -> new UnionRules();
          case KSTATUS -> new KstatusRules();
          case GITOPS -> new GitopsRules();
          case KARMADA -> new KarmadaRules();
        };
  }

  /** Rules with these settings, after these checks. */
  public static HealthRules of(HealthSettings settings, Collection<HealthCheck> checks) {
    return new HealthRules(settings, new AskedChecks(List.copyOf(checks)));
  }

  /** What is said of an object that should be there and is not. */
  public static Assessment missing() {
    return new Assessment(
        Health.MISSING,
        false,
        false,
        true,
        "NotFound",
        "it does not exist",
        "generic.missing",
        null,
        null,
        List.of());
  }

  /**
   * Judges an object whose resource is not known: for the checks it is guessed from its kind, as
   * {@code ingresses.networking.k8s.io} from Ingress. Where it can't be, none is asked.
   */
  public Assessment assess(@Nullable ObjectTree object, HealthContext context) {
    return object == null ? missing() : assess(Plurals.guess(object), object, context);
  }

  /** Judges an object; one that is null is missing. Without a resource no check is asked. */
  public Assessment assess(
      @Nullable GroupResource resource, @Nullable ObjectTree object, HealthContext context) {
    if (object == null) {
      return missing();
    }
    Look look = new Look(object, context, settings);
    AskedChecks.Answer answer =
        resource == null
            ? new AskedChecks.Answer(null, List.of())
            : checks.ask(resource, object, context);
    Rule.Decided decided = answer.decided();
    return assessment(look, decided == null ? decide(look) : decided, answer.faults());
  }

  /** How long a pod may find no node before it is degraded. */
  public Duration scheduleWindow() {
    return settings.scheduleWindow();
  }

  private Rule.Decided decide(Look look) {
    try {
      return rulebook.judge(look);
    } catch (FieldTypeException | UnreadableException e) {
      return new Rule.Decided(
          "generic.unreadable",
          Ruling.unknown("Unreadable", "a field that decides can't be read: " + e.getMessage()));
    }
  }

  private static Assessment assessment(Look look, Rule.Decided decided, List<String> faults) {
    Ruling ruling = decided.ruling();
    return new Assessment(
        ruling.health(),
        ruling.terminating() || isDeleting(look),
        ruling.finished(),
        ruling.assessed(),
        ruling.reason(),
        ruling.message(),
        decided.rule(),
        ruling.recheckAfter(),
        observed(look),
        faults);
  }

  private static boolean isDeleting(Look look) {
    try {
      return GenericRules.isDeleting(look);
    } catch (FieldTypeException e) {
      return false; // metadata is no object, which makes the verdict UNKNOWN
    }
  }

  private static @Nullable Long observed(Look look) {
    try {
      OptionalLong observed = look.observedGeneration();
      return observed.isPresent() ? observed.getAsLong() : null;
    } catch (FieldTypeException e) {
      return null; // nothing that can be told; where it decides, the verdict is UNKNOWN
    }
  }
}
