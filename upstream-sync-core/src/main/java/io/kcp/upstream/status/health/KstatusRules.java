package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the library kstatus says, in its order: deletion, generation, Reconciling and Stalled as
 * they come in the list, then the kind or Ready. Current is healthy, InProgress progressing, Failed
 * degraded.
 */
final class KstatusRules implements Rulebook {
  private static final FieldPath REPLICAS = FieldPath.of("spec", "replicas");

  private static final List<Rule> BEFORE =
      List.of(
          new Rule(
              "kstatus.deletion",
              look ->
                  GenericRules.isDeleting(look) ? Ruling.terminating("it is being deleted") : null),
          new Rule("kstatus.generation", KstatusRules::generation),
          new Rule("kstatus.conditions", KstatusRules::conditions));

  private static final List<Rule> AFTER =
      List.of(
          new Rule("kstatus.ready", KstatusRules::ready),
          new Rule("kstatus.no-signal", look -> Ruling.assumed("nothing speaks against it")));

  private static final Map<String, List<Rule>> KINDS =
      Map.ofEntries(
          Map.entry("Pod", KstatusPodRules.RULES),
          Map.entry("Deployment.apps", KstatusWorkloadRules.DEPLOYMENT),
          Map.entry("Deployment.extensions", KstatusWorkloadRules.DEPLOYMENT),
          Map.entry("StatefulSet.apps", KstatusWorkloadRules.STATEFUL_SET),
          Map.entry("DaemonSet.apps", KstatusWorkloadRules.DAEMON_SET),
          Map.entry("DaemonSet.extensions", KstatusWorkloadRules.DAEMON_SET),
          Map.entry("ReplicaSet.apps", KstatusWorkloadRules.REPLICA_SET),
          Map.entry("ReplicaSet.extensions", KstatusWorkloadRules.REPLICA_SET),
          Map.entry("Job.batch", List.of(new Rule("kstatus.job", KstatusRules::job))),
          Map.entry("CronJob.batch", always()),
          Map.entry("Service", List.of(new Rule("kstatus.service", KstatusRules::service))),
          Map.entry(
              "PersistentVolumeClaim", List.of(new Rule("kstatus.claim", KstatusRules::claim))),
          Map.entry("PodDisruptionBudget.policy", always()),
          Map.entry(
              "CustomResourceDefinition.apiextensions.k8s.io",
              List.of(new Rule("kstatus.definition", KstatusRules::definition))),
          Map.entry("Secret", always()),
          Map.entry("ConfigMap", always()));

  @Override
  public Rule.Decided judge(Look look) {
    Rule.Decided decided = Rule.first(BEFORE, look);
    if (decided == null) {
      decided = Rule.first(KINDS.getOrDefault(look.type(), AFTER), look);
    }
    return decided == null ? new Rule.Decided("kstatus.current", current()) : decided;
  }

  static Ruling current() {
    return Ruling.healthy("Current", "it is as its spec says");
  }

  static Ruling inProgress(String message) {
    return Ruling.progressing("InProgress", message);
  }

  static Ruling failed(String message) {
    return Ruling.degraded("Failed", message);
  }

  private static List<Rule> always() {
    return List.of(new Rule("kstatus.exists", look -> current()));
  }

  /** A number; {@code otherwise} where it is absent, and where it is no number. */
  static long loose(Look look, String path, long otherwise) {
    return look.object().get(FieldPath.parse(path)).orElse(otherwise) instanceof Long number
        ? number
        : otherwise;
  }

  /** A text; empty where it is absent, and where it is no text. */
  static String looseText(Look look, String path) {
    return look.object().get(FieldPath.parse(path)).orElse("") instanceof String text ? text : "";
  }

  static long replicas(Look look) {
    return look.object().get(REPLICAS).orElse(1L) instanceof Long number ? number : 1;
  }

  private static @Nullable Ruling generation(Look look) {
    OptionalLong generation = look.generation();
    OptionalLong observed = look.observedGeneration();
    return generation.isPresent() && observed.isPresent() && !generation.equals(observed)
        ? inProgress("its controller has seen another generation")
        : null;
  }

  private static @Nullable Ruling conditions(Look look) {
    for (Condition condition : look.conditions()) {
      if (condition.is("Reconciling") && condition.isTrue()) {
        return inProgress(condition.messageOr("Reconciling is True"));
      }
      if (condition.is("Stalled") && condition.isTrue()) {
        return failed(condition.messageOr("Stalled is True"));
      }
    }
    return null;
  }

  private static @Nullable Ruling ready(Look look) {
    String status = look.condition("Ready").map(Condition::status).orElse("");
    return switch (status) {
      case "True" -> Ruling.healthy("Current", "Ready is True");
      case "False", "Unknown" -> inProgress("Ready is " + status);
      default -> null;
    };
  }

  private static Ruling job(Look look) {
    for (Condition condition : look.conditions()) {
      Ruling ended =
          switch (condition.isTrue() ? condition.type() : "") {
            case "Complete" -> current().asFinished();
            case "Failed" -> failed(condition.messageOr("it failed")).asFinished();
            case "Suspended" -> look.isTrue("spec.suspend") ? current() : null;
            default -> null;
          };
      if (ended != null) {
        return ended;
      }
    }
    return looseText(look, "status.startTime").isEmpty()
        ? inProgress("it is not started")
        : current();
  }

  private static Ruling service(Look look) {
    boolean waits =
        looseText(look, "spec.type").equals("LoadBalancer")
            && looseText(look, "spec.clusterIP").isEmpty();
    return waits ? inProgress("it has no cluster IP") : current();
  }

  private static Ruling claim(Look look) {
    String phase = looseText(look, "status.phase");
    return phase.equals("Bound") ? current() : inProgress("it is not bound");
  }

  private static Ruling definition(Look look) {
    for (Condition condition : look.conditions()) {
      if (condition.is("NamesAccepted") && condition.isFalse()) {
        return failed(condition.messageOr("its names are not accepted"));
      }
      if (condition.is("Established")) {
        if (condition.isFalse() && !condition.hasReason("Installing")) {
          return failed(condition.messageOr("it is not served"));
        }
        if (condition.isTrue()) {
          return current();
        }
      }
    }
    return inProgress("it is not served yet");
  }
}
