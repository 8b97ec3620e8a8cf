package io.kcp.upstream.status.health;

import static io.kcp.upstream.status.health.Counts.fewer;
import static io.kcp.upstream.status.health.Counts.fewerIfPresent;
import static io.kcp.upstream.status.health.Counts.more;
import static io.kcp.upstream.status.health.Counts.status;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** StatefulSets, DaemonSets, ReplicaSets and ReplicationControllers. */
final class ReplicaRules {
  private static final String PARTITION = "spec.updateStrategy.rollingUpdate.partition";
  private static final String DESIRED = "status.desiredNumberScheduled";
  private static final ToLongFunction<Look> WANTED = status("desiredNumberScheduled");

  static final List<Rule> STATEFUL_SET =
      List.of(
          fewer("stateful-set.created", "replicas", Look::replicas, "created"),
          fewer("stateful-set.ready", "readyReplicas", Look::replicas, "ready"),
          more("stateful-set.surplus", Look::replicas),
          fewerIfPresent(
              "stateful-set.available",
              "availableReplicas",
              status("updatedReplicas"),
              "available"),
          new Rule("stateful-set.on-delete", ReplicaRules::statefulSetOnDelete),
          new Rule("stateful-set.partition", ReplicaRules::partition),
          fewer("stateful-set.current", "currentReplicas", Look::replicas, "current"),
          new Rule("stateful-set.revision", ReplicaRules::revision),
          new Rule(
              "stateful-set.complete",
              look ->
                  Ruling.healthy(
                      "Available",
                      "all %d replicas are up to date and ready".formatted(look.replicas()))));

  static final List<Rule> DAEMON_SET =
      List.of(
          new Rule(
              "daemon-set.not-observed",
              look ->
                  look.observedGeneration().isEmpty()
                      ? Ruling.progressing(
                          "GenerationNotObserved", "its controller has not seen it yet")
                      : null),
          new Rule("daemon-set.on-delete", ReplicaRules::daemonSetOnDelete),
          new Rule(
              "daemon-set.desired",
              look ->
                  look.number(DESIRED).isEmpty()
                      ? Ruling.progressing(
                          "PodsNotCounted", "it is not known yet how many pods are wanted")
                      : null),
          fewer("daemon-set.created", "currentNumberScheduled", WANTED, "created"),
          fewer("daemon-set.updated", "updatedNumberScheduled", WANTED, "up to date"),
          fewer("daemon-set.available", "numberAvailable", WANTED, "available"),
          fewer("daemon-set.ready", "numberReady", WANTED, "ready"),
          new Rule(
              "daemon-set.complete",
              look ->
                  Ruling.healthy(
                      "Available",
                      "all %d pods are up to date and available"
                          .formatted(WANTED.applyAsLong(look)))));

  static final List<Rule> REPLICA_SET =
      List.of(
          new Rule("replica-set.replica-failure", ReplicaRules::replicaFailure),
          fewerIfPresent(
              "replica-set.labeled", "fullyLabeledReplicas", Look::replicas, "fully labeled"),
          fewer("replica-set.available", "availableReplicas", Look::replicas, "available"),
          fewer("replica-set.ready", "readyReplicas", Look::replicas, "ready"),
          more("replica-set.surplus", Look::replicas),
          new Rule(
              "replica-set.complete",
              look ->
                  Ruling.healthy(
                      "Available", "all %d replicas are available".formatted(look.replicas()))));

  private ReplicaRules() {}

  private static boolean onDelete(Look look) {
    return look.text("spec.updateStrategy.type").equals("OnDelete");
  }

  private static @Nullable Ruling statefulSetOnDelete(Look look) {
    return onDelete(look) ? updatedByHand(look, "updatedReplicas", look.replicas()) : null;
  }

  private static @Nullable Ruling daemonSetOnDelete(Look look) {
    return onDelete(look)
        ? updatedByHand(look, "updatedNumberScheduled", WANTED.applyAsLong(look))
        : null;
  }

  private static Ruling updatedByHand(Look look, String field, long wanted) {
    return Ruling.healthy(
        "UpdatedOnDelete",
        Counts.share(look.number("status." + field, 0), wanted, "up to date")
            + "; the others are when they are deleted");
  }

  /** Decides whenever there is a partition: the pods below it are meant to stay old. */
  private static @Nullable Ruling partition(Look look) {
    OptionalLong partition = look.number(PARTITION);
    if (partition.isEmpty()) {
      return null;
    }
    long wanted = Math.max(0, look.replicas() - partition.getAsLong());
    long updated = look.number("status.updatedReplicas", 0);
    String message =
        "%s, as partition %d wants"
            .formatted(Counts.share(updated, wanted, "up to date"), partition.getAsLong());
    return updated < wanted
        ? Ruling.progressing("PodsNotUpToDate", message)
        : Ruling.healthy("Available", message);
  }

  private static @Nullable Ruling revision(Look look) {
    String current = look.text("status.currentRevision");
    String update = look.text("status.updateRevision");
    return current.equals(update)
        ? null
        : Ruling.progressing(
            "RevisionsDiffer", "it moves from revision %s to %s".formatted(current, update));
  }

  private static @Nullable Ruling replicaFailure(Look look) {
    return look.trueCondition("ReplicaFailure")
        .map(
            failure ->
                Ruling.degraded(
                    failure.reasonOr("ReplicaFailure"),
                    failure.messageOr("a pod can't be made or removed")))
        .orElse(null);
  }
}
