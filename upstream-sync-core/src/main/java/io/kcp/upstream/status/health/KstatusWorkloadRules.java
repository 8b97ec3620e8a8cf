package io.kcp.upstream.status.health;

import static io.kcp.upstream.status.health.KstatusRules.current;
import static io.kcp.upstream.status.health.KstatusRules.failed;
import static io.kcp.upstream.status.health.KstatusRules.inProgress;
import static io.kcp.upstream.status.health.KstatusRules.loose;
import static io.kcp.upstream.status.health.KstatusRules.looseText;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Workloads, as kstatus has them. */
final class KstatusWorkloadRules {
  private static final long NO_DEADLINE = Integer.MAX_VALUE;
  private static final String DESIRED = "status.desiredNumberScheduled";

  static final List<Rule> DEPLOYMENT =
      List.of(
          new Rule("kstatus.deployment", KstatusWorkloadRules::deadline),
          fewer("kstatus.deployment", "replicas", KstatusRules::replicas),
          fewer("kstatus.deployment", "updatedReplicas", KstatusRules::replicas),
          more("kstatus.deployment"),
          fewer(
              "kstatus.deployment",
              "availableReplicas",
              look -> loose(look, "status.updatedReplicas", 0)),
          fewer("kstatus.deployment", "readyReplicas", KstatusRules::replicas),
          new Rule("kstatus.deployment", KstatusWorkloadRules::rolledOut),
          new Rule("kstatus.deployment", KstatusWorkloadRules::available));

  static final List<Rule> STATEFUL_SET =
      List.of(
          new Rule("kstatus.stateful-set", KstatusWorkloadRules::onDelete),
          fewer("kstatus.stateful-set", "replicas", KstatusRules::replicas),
          fewer("kstatus.stateful-set", "readyReplicas", KstatusRules::replicas),
          more("kstatus.stateful-set"),
          new Rule("kstatus.stateful-set", KstatusWorkloadRules::partition),
          fewer("kstatus.stateful-set", "currentReplicas", KstatusRules::replicas),
          new Rule("kstatus.stateful-set", KstatusWorkloadRules::revision));

  static final List<Rule> DAEMON_SET =
      List.of(
          new Rule("kstatus.daemon-set", KstatusWorkloadRules::observed),
          new Rule(
              "kstatus.daemon-set",
              look ->
                  loose(look, DESIRED, -1) == -1 ? inProgress("no pods are asked for yet") : null),
          fewer("kstatus.daemon-set", "currentNumberScheduled", KstatusWorkloadRules::desired),
          fewer("kstatus.daemon-set", "updatedNumberScheduled", KstatusWorkloadRules::desired),
          fewer("kstatus.daemon-set", "numberAvailable", KstatusWorkloadRules::desired),
          fewer("kstatus.daemon-set", "numberReady", KstatusWorkloadRules::desired));

  static final List<Rule> REPLICA_SET =
      List.of(
          new Rule(
              "kstatus.replica-set",
              look ->
                  look.trueCondition("ReplicaFailure").isPresent()
                      ? inProgress("ReplicaFailure is True")
                      : null),
          fewer("kstatus.replica-set", "fullyLabeledReplicas", KstatusRules::replicas),
          fewer("kstatus.replica-set", "availableReplicas", KstatusRules::replicas),
          fewer("kstatus.replica-set", "readyReplicas", KstatusRules::replicas),
          more("kstatus.replica-set"));

  private KstatusWorkloadRules() {}

  private static long desired(Look look) {
    return loose(look, DESIRED, 0);
  }

  private static Rule fewer(String name, String field, ToLongFunction<Look> wanted) {
    return new Rule(
        name,
        look -> {
          long is = loose(look, "status." + field, 0);
          long want = wanted.applyAsLong(look);
          return is < want ? inProgress("%s: %d of %d".formatted(field, is, want)) : null;
        });
  }

  private static Rule more(String name) {
    return new Rule(
        name,
        look ->
            loose(look, "status.replicas", 0) > KstatusRules.replicas(look)
                ? inProgress("pods are still being removed")
                : null);
  }

  private static @Nullable Ruling deadline(Look look) {
    return look.condition("Progressing")
        .filter(progressing -> progressing.hasReason("ProgressDeadlineExceeded"))
        .map(progressing -> failed("its progress deadline is exceeded"))
        .orElse(null);
  }

  private static @Nullable Ruling rolledOut(Look look) {
    boolean waits =
        loose(look, "spec.progressDeadlineSeconds", NO_DEADLINE) != NO_DEADLINE
            && look.trueCondition("Progressing")
                .filter(progressing -> progressing.hasReason("NewReplicaSetAvailable"))
                .isEmpty();
    return waits ? inProgress("its new ReplicaSet is not available") : null;
  }

  private static @Nullable Ruling available(Look look) {
    return look.trueCondition("Available").isEmpty() ? inProgress("Available is not True") : null;
  }

  private static @Nullable Ruling onDelete(Look look) {
    return looseText(look, "spec.updateStrategy.type").equals("OnDelete") ? current() : null;
  }

  private static @Nullable Ruling partition(Look look) {
    long partition = loose(look, "spec.updateStrategy.rollingUpdate.partition", -1);
    if (partition == -1) {
      return null;
    }
    return loose(look, "status.updatedReplicas", 0) < KstatusRules.replicas(look) - partition
        ? inProgress("its partition is not rolled out")
        : current();
  }

  private static @Nullable Ruling revision(Look look) {
    return looseText(look, "status.currentRevision")
            .equals(looseText(look, "status.updateRevision"))
        ? null
        : inProgress("its revisions differ");
  }

  private static @Nullable Ruling observed(Look look) {
    return look.generation().isEmpty() || look.observedGeneration().isEmpty()
        ? inProgress("its controller has not seen it")
        : null;
  }
}
