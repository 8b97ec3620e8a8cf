package io.kcp.upstream.status.health;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What Karmada says: healthy or not, by exact version; a kind without a rule is healthy. Deletion,
 * Ready and the other conditions do not count.
 */
final class KarmadaRules implements Rulebook {
  private static final Map<String, Predicate<Look>> KINDS =
      Map.ofEntries(
          Map.entry("apps/v1 Deployment", KarmadaRules::deployment),
          Map.entry("apps/v1 StatefulSet", KarmadaRules::statefulSet),
          Map.entry("apps/v1 ReplicaSet", KarmadaRules::replicaSet),
          Map.entry("apps/v1 DaemonSet", KarmadaRules::daemonSet),
          Map.entry("v1 Pod", KarmadaRules::pod),
          Map.entry("v1 Service", KarmadaRules::service),
          Map.entry("networking.k8s.io/v1 Ingress", KarmadaRules::hasAddress),
          Map.entry("v1 PersistentVolumeClaim", look -> look.text("status.phase").equals("Bound")),
          Map.entry(
              "policy/v1 PodDisruptionBudget",
              look -> !less(look, "currentHealthy", "desiredHealthy")));

  @Override
  public Rule.Decided judge(Look look) {
    String type = look.object().apiVersion() + " " + look.object().kind();
    Predicate<Look> healthy = KINDS.get(type);
    if (healthy == null) {
      return new Rule.Decided(
          "karmada.no-rule", Ruling.assumed("kinds without a rule are healthy"));
    }
    TypedFields.check(look);
    String rule = "karmada." + Names.kebab(look.object().kind());
    return new Rule.Decided(
        rule,
        healthy.test(look)
            ? Ruling.healthy("Healthy", "it is healthy")
            : Ruling.progressing("Unhealthy", "it is not, or not yet, as its spec says"));
  }

  private static boolean observed(Look look) {
    return look.generation().orElse(0) == look.observedGeneration().orElse(0);
  }

  private static boolean less(Look look, String field, String than) {
    return look.number("status." + field, 0) < look.number("status." + than, 0);
  }

  private static boolean lessThanReplicas(Look look, String field) {
    OptionalLong replicas = look.number("spec.replicas");
    return replicas.isPresent() && look.number("status." + field, 0) < replicas.getAsLong();
  }

  private static boolean deployment(Look look) {
    return observed(look)
        && !lessThanReplicas(look, "updatedReplicas")
        && !less(look, "availableReplicas", "updatedReplicas");
  }

  private static boolean statefulSet(Look look) {
    return deployment(look);
  }

  private static boolean replicaSet(Look look) {
    return observed(look) && !lessThanReplicas(look, "availableReplicas");
  }

  private static boolean daemonSet(Look look) {
    return observed(look)
        && !less(look, "updatedNumberScheduled", "desiredNumberScheduled")
        && !less(look, "numberAvailable", "updatedNumberScheduled");
  }

  private static boolean pod(Look look) {
    return switch (look.text("status.phase")) {
      case "Succeeded" -> true;
      case "Running" -> PodRules.isReady(look);
      default -> false;
    };
  }

  private static boolean service(Look look) {
    return !look.text("spec.type").equals("LoadBalancer") || hasAddress(look);
  }

  private static boolean hasAddress(Look look) {
    return NetworkRules.hasAddress(look.object().items(NetworkRules.ADDRESSES));
  }
}
