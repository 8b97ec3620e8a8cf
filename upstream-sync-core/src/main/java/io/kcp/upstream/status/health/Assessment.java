package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.Health;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one object does, and what makes us say so.
 *
 * @param health the verdict
 * @param terminating whether the object is being deleted
 * @param finished whether its work is done for good
 * @param assessed false where nothing speaks for or against it, and healthy is only assumed
 * @param reason CamelCase
 * @param message for people; no values of Secrets
 * @param rule the rule that decided, such as {@code deployment.available}, or the name of a health
 *     check
 * @param recheckAfter when to judge again though no event comes; null when only a change matters
 * @param observedGeneration the generation that its controller has seen; null when it does not say
 * @param faults health checks that gave no usable answer, and how; each was passed over
 */
public record Assessment(
    Health health,
    boolean terminating,
    boolean finished,
    boolean assessed,
    String reason,
    String message,
    String rule,
    @Nullable Duration recheckAfter,
    @Nullable Long observedGeneration,
    List<String> faults) {
  /** Copies the list. */
  public Assessment {
    faults = List.copyOf(faults);
  }

  Assessment recheckAfter(Duration time) {
    return new Assessment(
        health,
        terminating,
        finished,
        assessed,
        reason,
        message,
        rule,
        time,
        observedGeneration,
        faults);
  }

  /** The word that kstatus has for it. */
  public String kstatus() {
    if (terminating) {
      return "Terminating";
    }
    return switch (health) {
      case HEALTHY, SUSPENDED -> "Current";
      case PROGRESSING -> UnionRules.CURRENT_IN_KSTATUS.contains(rule) ? "Current" : "InProgress";
      case DEGRADED -> "Failed";
      case MISSING -> "NotFound";
      case UNKNOWN -> "Unknown";
    };
  }

  /** The word that Argo CD has for it; empty where it has no opinion. */
  public String argo() {
    if (!assessed) {
      return "";
    }
    return switch (health) {
      case HEALTHY -> "Healthy";
      case PROGRESSING -> "Progressing";
      case DEGRADED -> "Degraded";
      case SUSPENDED -> "Suspended";
      case MISSING -> "Missing";
      case UNKNOWN -> "Unknown";
    };
  }

  /** The word that Karmada has for it; empty for what is missing. */
  public String karmada() {
    return switch (health) {
      case HEALTHY, SUSPENDED -> "Healthy";
      case PROGRESSING -> UnionRules.HEALTHY_IN_KARMADA.contains(rule) ? "Healthy" : "Unhealthy";
      case DEGRADED -> "Unhealthy";
      case MISSING -> "";
      case UNKNOWN -> "Unknown";
    };
  }
}
