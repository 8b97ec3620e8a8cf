package com.example.health;

import io.kcp.upstream.spi.FieldTypeException;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.PodRollup;
import io.kcp.upstream.status.health.Assessment;
import io.kcp.upstream.status.health.HealthRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pods of the input by the UIDs of those that they belong to, also by way of others: a
 * Deployment's pods are those of its ReplicaSets.
 */
final class OwnedPods {
  private static final int LONGEST_WAY = 4; // Pod, ReplicaSet, Deployment, and one beyond

  private record Pod(ObjectTree tree, Assessment assessment) {}

  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, List<Pod>> pods = new HashMap<>();

  OwnedPods(List<Given> objects, HealthRules rules, HealthContext alone) {
    for (Given object : objects) {
      controller(object.tree()).ifPresent(owner -> owners.put(uid(object.tree()), owner));
    }
    for (Given object : objects) {
      if (object.kind().equals("Pod") && object.apiVersion().equals("v1")) {
        add(new Pod(object.tree(), rules.assess(object.tree(), alone)));
      }
    }
  }

  private void add(Pod pod) {
    Optional<String> owner = controller(pod.tree());
    for (int i = 0; i < LONGEST_WAY && owner.isPresent(); i++) {
      pods.computeIfAbsent(owner.get(), uid -> new ArrayList<>()).add(pod);
      owner = Optional.ofNullable(owners.get(owner.get()));
    }
  }

  /** Empty where the input has no pod of the object. */
  Optional<PodRollup> of(ObjectTree object) {
    List<Pod> owned = pods.getOrDefault(uid(object), List.of());
    return owned.isEmpty() ? Optional.empty() : Optional.of(rollup(owned));
  }

  private static PodRollup rollup(List<Pod> owned) {
    Map<String, Integer> phases = new TreeMap<>();
    Map<String, Integer> reasons = new TreeMap<>();
    int ready = 0;
    for (Pod pod : owned) {
      phases.merge(text(pod.tree(), "status.phase"), 1, Integer::sum);
      if (pod.assessment().health() == Health.DEGRADED) {
        reasons.merge(pod.assessment().reason(), 1, Integer::sum);
      }
      ready += pod.assessment().health() == Health.HEALTHY ? 1 : 0;
    }
    return new PodRollup(owned.size(), ready, 0, phases, reasons);
  }

  private static String uid(ObjectTree object) {
    return text(object, "metadata.uid");
  }

  private static Optional<String> controller(ObjectTree object) {
    try {
      return object.items("metadata.ownerReferences").stream()
          .filter(owner -> owner.isTrue("controller"))
          .flatMap(owner -> owner.string("uid").stream())
          .filter(uid -> !uid.isEmpty())
          .findFirst();
    } catch (FieldTypeException e) {
      return Optional.empty(); // as odd as its metadata: it belongs to nobody
    }
  }

  private static String text(ObjectTree object, String path) {
    try {
      return object.string(path).orElse("");
    } catch (FieldTypeException e) {
      return ""; // the rules say what is odd
    }
  }
}
