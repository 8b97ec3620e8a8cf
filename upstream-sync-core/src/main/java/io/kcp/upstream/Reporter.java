package io.kcp.upstream;

import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.TargetReport;
import io.kcp.upstream.status.WorkloadSums;
import io.kcp.upstream.sync.Hold;
import io.kcp.upstream.sync.OpenConflicts;
import io.kcp.upstream.sync.SyncMemory;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders how a syncer stands, for the program that embeds it and for the SyncTarget's status. */
final class Reporter {
  /**
   * What it reads.
   *
   * @param looked whether each object was looked at, and its pods are known
   */
  record Sources(
      Control control,
      Situation situation,
      TypeMirrors mirrors,
      SyncMemory memory,
      Scopes scopes,
      Rewinds rewinds,
      WorkloadView workloads,
      BooleanSupplier looked,
      BooleanSupplier inSync) {}

  private final Setup setup;
  private final Sources from;
  private final Instant since;
  private volatile boolean judged;
  private final List<TargetReport.Resource> remembered;
  private final long rememberedGeneration;

  /**
   * A reporter of what begins now.
   *
   * @param target as it was found: the resources that its status names, and the generation it was
   *     written for, are not forgotten before others take their place
   */
  Reporter(Setup setup, Sources from, ObjectTree target) {
    this.remembered =
        target.items("status.upstreamSync.resources").stream().map(Reporter::starting).toList();
    this.rememberedGeneration = target.integer("status.upstreamSync.observedGeneration").orElse(0);
    this.setup = setup;
    this.from = from;
    this.since = setup.clock().instant();
  }

  private static TargetReport.Resource starting(ObjectTree before) {
    return new TargetReport.Resource(
        new GroupResource(
            before.string("group").orElse(""), before.string("resource").orElseThrow()),
        before.string("version").orElse(""),
        "Starting",
        "",
        "",
        0,
        0,
        0,
        before.string("physicalResourceVersion").orElse(""));
  }

  SyncerState state() {
    Trouble trouble =
        Stream.of(
                from.situation().workspace(), from.situation().rest(), from.situation().physical())
            .filter(each -> !each.isNone())
            .findFirst()
            .orElse(Trouble.NONE);
    SyncerState.Phase phase =
        trouble.isNone()
            ? SyncerState.Phase.RUNNING
            : trouble.reason().equals("Paused")
                ? SyncerState.Phase.PAUSED
                : SyncerState.Phase.BLOCKED;
    Map<GroupResource, String> resources = new LinkedHashMap<>();
    resources().forEach(each -> resources.put(each.resource(), each.state()));
    return new SyncerState(
        phase,
        trouble.isNone() ? "Running" : trouble.reason(),
        trouble.message(),
        since,
        from.inSync().getAsBoolean(),
        sight().lastContact().orElse(null),
        lastContact(TypeMirrors.Pair::upstream).orElse(null),
        publicCounts(),
        resources);
  }

  private Map<Explanation.Verdict, Long> publicCounts() {
    return from.memory().ledger().counts().entrySet().stream()
        .collect(
            Collectors.toMap(
                each -> Explanation.Verdict.valueOf(each.getKey().name()), Map.Entry::getValue));
  }

  private List<TargetReport.Resource> resources() {
    InForce now = from.control().known();
    return now == null
        ? remembered
        : new ResourceStates(from.mirrors(), from.memory().ledger())
            .of(now, setup.clock().instant());
  }

  private Optional<Instant> lastContact(Function<TypeMirrors.Pair, Mirror> side) {
    return from.mirrors().pairs().stream()
        .flatMap(pair -> side.apply(pair).lastContact().stream())
        .max(Instant::compareTo);
  }

  TargetReport report() {
    InForce inForce = from.control().known();
    List<TargetReport.Resource> resources = resources();
    Map<Verdict, Long> objects = from.memory().ledger().counts();
    List<TargetReport.Hold> holds =
        Stream.of(
                from.memory().deletions().holds().stream().map(Reporter::hold),
                identityHold().stream(),
                from.rewinds().hold().stream())
            .flatMap(each -> each)
            .toList();
    WorkloadSums workloads = workloads();
    OpenConflicts.Sum open = from.memory().open().sum();
    TargetConditions conditions =
        new TargetConditions(
            from.situation(),
            resources,
            objects,
            failure(),
            holds,
            sight().silentSince(),
            open,
            workloads);
    return new TargetReport(
        inForce == null ? rememberedGeneration : inForce.generation(),
        from.situation().physicalUid(),
        sight().lastContact().orElse(null),
        counts(objects),
        open.unresolved(),
        open.fights(),
        from.scopes().history().newestFirst(),
        holds,
        resources,
        conditions.all(),
        workloads);
  }

  private WorkloadSums workloads() {
    judged |= from.looked().getAsBoolean();
    WorkloadSums sums = from.workloads().sums();
    return judged ? sums : sums.notJudged();
  }

  private String failure() {
    return from.memory().ledger().examples(Set.of(Verdict.FAILED), 1).stream()
        .map(each -> each.getKey() + ": " + each.getValue().finding().message())
        .findFirst()
        .orElse("");
  }

  private Sight sight() {
    return from.workloads().sight();
  }

  private static TargetReport.Hold hold(Hold hold) {
    return new TargetReport.Hold(
        hold.id(),
        "Deletions",
        hold.since(),
        hold.count(),
        "%d copies of %s are to be deleted, more than the budget allows; annotate the SyncTarget with %s=%s to let them go"
            .formatted(hold.count(), hold.resource(), SyncKeys.RELEASE, hold.id()),
        hold.examples().stream().map(Object::toString).toList());
  }

  private Optional<TargetReport.Hold> identityHold() {
    return from.situation()
        .foreign()
        .map(
            other ->
                new TargetReport.Hold(
                    other.uid(),
                    PhysicalIdentity.CHANGED,
                    other.since(),
                    0,
                    from.situation().physical().message(),
                    List.of()));
  }

  /** The names of {@code status.upstreamSync.objects}; they add up to {@code selected}. */
  private static Map<String, Long> counts(Map<Verdict, Long> objects) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String name :
        List.of("selected", "synced", "pending", "failed", "conflicting", "skipped", "paused")) {
      counts.put(name, 0L);
    }
    objects.forEach(
        (verdict, count) -> {
          String name =
              switch (verdict) {
                case SYNCED -> "synced";
                case PENDING -> "pending";
                case FAILED -> "failed";
                case CONFLICTING -> "conflicting";
                case PAUSED, HELD -> "paused";
                case SKIPPED, NOT_SELECTED, NOT_FOUND -> "skipped";
              };
          counts.merge(name, count, Long::sum);
          counts.merge("selected", count, Long::sum);
        });
    return counts;
  }
}
