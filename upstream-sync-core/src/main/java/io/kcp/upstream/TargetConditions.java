package io.kcp.upstream;

import io.kcp.upstream.status.Condition;
import io.kcp.upstream.status.TargetReport;
import io.kcp.upstream.status.WorkloadSums;
import io.kcp.upstream.sync.OpenConflicts;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SyncTarget's conditions; all are positive: False is bad.
 *
 * @param failure of one of the objects that failed
 * @param silentSince when the physical cluster last said anything; empty while that is not too long
 *     ago
 * @param open fields that wait for a decision
 * @param workloads how what is pulled up does
 */
record TargetConditions(
    Situation situation,
    List<TargetReport.Resource> resources,
    Map<Verdict, Long> objects,
    String failure,
    List<TargetReport.Hold> holds,
    Optional<Instant> silentSince,
    OpenConflicts.Sum open,
    WorkloadSums workloads) {
  private static final int NAMED = 5;

  /** A want of the roll-up alone does not make a syncer less ready. */
  private static final String PODS_REFUSED = "PodsRefused";

  List<Condition> all() {
    Condition spec = specAccepted();
    Condition syncer = syncerReady();
    Condition authorized = authorized();
    List<Condition> all = new ArrayList<>();
    all.add(ready(List.of(spec, syncer, authorized)));
    all.add(heartbeat());
    all.add(syncer);
    all.add(authorized);
    all.add(spec);
    all.add(resourcesSynced());
    all.add(new WorkloadsCondition(workloads, lastSeen()).condition());
    all.add(conflictsSettled());
    all.add(deletionsAllowed());
    return all;
  }

  private static Condition ready(List<Condition> parts) {
    return parts.stream()
        .filter(part -> !part.status().equals("True") && !part.reason().equals(PODS_REFUSED))
        .findFirst()
        .map(bad -> new Condition("Ready", bad.status(), bad.reason(), bad.message()))
        .orElseGet(() -> Condition.isTrue("Ready", "Ready", "the syncer is at work"));
  }

  private Condition heartbeat() {
    return situation.rest().reason().equals("Stopped")
        ? isFalse("HeartbeatHealthy", situation.rest())
        : Condition.isTrue("HeartbeatHealthy", "HeartbeatReceived", "written by the syncer");
  }

  private Condition specAccepted() {
    return situation.spec().isNone()
        ? Condition.isTrue("SpecAccepted", "Valid", "the spec is in force")
        : isFalse("SpecAccepted", situation.spec());
  }

  private Condition syncerReady() {
    if (!situation.workspace().isNone()) {
      return isFalse("SyncerReady", situation.workspace());
    }
    if (!situation.rest().isNone()) {
      return isFalse("SyncerReady", situation.rest());
    }
    if (silentSince.isPresent()) {
      return Condition.isFalse(
          "SyncerReady",
          "PhysicalClusterSilent",
          "nothing was heard of the physical cluster since %s: what is upstream is as it was then; see that its API server runs and can be reached from the syncer"
              .formatted(lastSeen()));
    }
    if (!situation.physical().isNone()) {
      return isFalse("SyncerReady", situation.physical());
    }
    return Condition.isTrue("SyncerReady", "Running", "the syncer is at work");
  }

  private String lastSeen() {
    return silentSince.map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("");
  }

  private static Condition isFalse(String type, Trouble why) {
    return Condition.isFalse(type, why.reason(), why.message());
  }

  private Condition authorized() {
    List<TargetReport.Resource> forbidden = inState("Forbidden");
    if (!forbidden.isEmpty()) {
      return Condition.isFalse(
          "SyncerAuthorized",
          "Forbidden",
          "grant the syncer what it is refused: " + names(forbidden));
    }
    return workloads.podsTrouble().isEmpty()
        ? Condition.isTrue("SyncerAuthorized", "Authorized", "no request is refused")
        : Condition.isFalse(
            "SyncerAuthorized",
            PODS_REFUSED,
            "pods can't be counted, all else goes on; grant the syncer list and watch: "
                + workloads.podsTrouble());
  }

  private Condition resourcesSynced() {
    List<TargetReport.Resource> behind =
        resources.stream()
            .filter(each -> !each.state().equals("Synced") && !each.state().equals("Paused"))
            .toList();
    if (!behind.isEmpty()) {
      return Condition.isFalse("ResourcesSynced", behind.get(0).state(), behind(behind));
    }
    long failed = objects.getOrDefault(Verdict.FAILED, 0L);
    return failed == 0
        ? Condition.isTrue("ResourcesSynced", "Synced", synced())
        : Condition.isFalse(
            "ResourcesSynced",
            "ObjectsFailed",
            "%s failed, such as %s; see the events, or ask the syncer with --explain"
                .formatted(objects(failed), failure));
  }

  private String synced() {
    long skipped = objects.getOrDefault(Verdict.SKIPPED, 0L);
    return "every selected resource is synced"
        + (skipped == 0 ? "" : "; skipped, see the events: " + objects(skipped));
  }

  private static String objects(long count) {
    return count == 1 ? "1 object" : count + " objects";
  }

  private Condition conflictsSettled() {
    if (open.unresolved() == 0 && open.fights() == 0) {
      return Condition.isTrue("ConflictsSettled", "Settled", "no field waits for a decision");
    }
    String where = String.join("; ", open.worst());
    return Condition.isFalse(
        "ConflictsSettled",
        open.unresolved() == 0 ? "FightHeld" : "ConflictsUnresolved",
        "%d fields wait for a decision and %d are held as they are fought over, among them %s: make both sides equal, name a fallback, or annotate the copy with %s"
            .formatted(open.unresolved(), open.fights(), where, SyncKeys.RESOLVE));
  }

  private Condition deletionsAllowed() {
    return holds.isEmpty()
        ? Condition.isTrue("DeletionsAllowed", "WithinBudget", "no deletion is held back")
        : Condition.isFalse(
            "DeletionsAllowed",
            "Held",
            holds.stream().map(TargetReport.Hold::message).collect(Collectors.joining("; ")));
  }

  private List<TargetReport.Resource> inState(String state) {
    return resources.stream().filter(each -> each.state().equals(state)).toList();
  }

  private static String names(List<TargetReport.Resource> resources) {
    return listed(resources, TargetConditions::name, "; ");
  }

  private static String listed(
      List<TargetReport.Resource> resources,
      Function<TargetReport.Resource, String> as,
      String between) {
    String named = resources.stream().limit(NAMED).map(as).collect(Collectors.joining(between));
    int more = resources.size() - NAMED;
    return more > 0 ? named + between + "and " + more + " more" : named;
  }

  /** A cluster that is away has one cause for all. */
  private static String behind(List<TargetReport.Resource> resources) {
    List<TargetReport.Resource> stale =
        resources.stream().filter(each -> each.state().equals("Stale")).toList();
    if (stale.size() < 2 || stale.size() < resources.size()) {
      return names(resources);
    }
    return "%d resources are Stale: %s; of the first: %s"
        .formatted(
            stale.size(),
            listed(stale, each -> each.resource().toString(), ", "),
            why(stale.get(0)));
  }

  private static String why(TargetReport.Resource resource) {
    return resource.message().isEmpty() ? resource.reason() : resource.message();
  }

  private static String name(TargetReport.Resource resource) {
    String why = why(resource);
    return resource.resource()
        + " is "
        + resource.state()
        + (why.isEmpty() ? "" : " (" + why + ")");
  }
}
