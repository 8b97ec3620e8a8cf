package io.kcp.upstream;

import io.kcp.upstream.discovery.TypeSet;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.status.TargetReport;
import io.kcp.upstream.sync.Ledger;
import io.kcp.upstream.sync.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How each selected resource stands, from its mirrors and the ledger. */
record ResourceStates(TypeMirrors mirrors, Ledger ledger) {
  private static final TypeSet.LeftOut WAITING =
      new TypeSet.LeftOut(
          "NotServed",
          "Withdrawn",
          "no longer selected; its copies stay while the physical cluster does not serve it");

  private record State(String name, String reason, String message) {}

  List<TargetReport.Resource> of(InForce now, Instant at) {
    List<TargetReport.Resource> resources = new ArrayList<>();
    for (TypeMirrors.Pair pair : mirrors.pairs()) {
      if (now.found().selected().leftOut().containsKey(pair.type().resource())) {
        continue; // its mirrors stay for the copies that there are
      }
      boolean paused = now.selection().paused(pair.type().resource(), at);
      resources.add(resource(pair, paused, now.found().selected()));
    }
    now.found().waiting().stream()
        .filter(resource -> mirrors.pair(resource).isEmpty()) // told of above
        .forEach(resource -> resources.add(leftOut(resource, WAITING)));
    now.found()
        .selected()
        .leftOut()
        .forEach((resource, why) -> resources.add(leftOut(resource, why)));
    return resources;
  }

  private static TargetReport.Resource leftOut(GroupResource resource, TypeSet.LeftOut why) {
    return new TargetReport.Resource(
        resource, "", why.state(), why.reason(), why.message(), 0, 0, 0, "");
  }

  private TargetReport.Resource resource(TypeMirrors.Pair pair, boolean paused, TypeSet selected) {
    GroupResource resource = pair.type().resource();
    State state = state(pair);
    if (!selected.synced().containsKey(resource)) {
      state = new State(state.name(), "Withdrawn", "no longer selected: its copies are taken away");
    } else if (paused && state.name().equals("Synced")) {
      state = new State("Paused", "Paused", "the SyncTarget says so");
    }
    Map<Verdict, Long> counts = ledger.counts(resource);
    return new TargetReport.Resource(
        resource,
        pair.type().upstream().version(),
        state.name(),
        state.reason(),
        state.message(),
        counts.values().stream().mapToLong(Long::longValue).sum(),
        counts.getOrDefault(Verdict.SYNCED, 0L),
        counts.getOrDefault(Verdict.FAILED, 0L),
        pair.physical().highestVersion());
  }

  private static State state(TypeMirrors.Pair pair) {
    State physical = state(pair.physical());
    return physical.name().equals("Synced") ? state(pair.upstream()) : physical;
  }

  private static State state(Mirror mirror) {
    String name =
        switch (mirror.state()) {
          case STARTING -> "Starting";
          case SYNCED -> "Synced";
          case FORBIDDEN -> "Forbidden";
          case NOT_SERVED -> "NotServed";
          case RETRYING -> mirror.hasSynced() ? "Stale" : "Starting";
        };
    boolean well = mirror.state() == Mirror.State.SYNCED || mirror.message().isEmpty();
    return new State(
        name, mirror.reason(), well ? "" : mirror.clusterName() + ": " + mirror.message());
  }
}
