package io.kcp.upstream.status;

import com.google.common.base.Ascii;
import com.google.common.base.CaseFormat;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Renders a report as the {@code status} that is applied. Keeps when each condition changed. */
final class StatusDocument {
  private static final int MOST_RESOURCES = 1000;
  private static final int MOST_RECENT = 200;
  private static final int MOST_HOLDS = 16;
  private static final int MOST_EXAMPLES = 10;
  private static final int LONGEST_MESSAGE = 4096;

  private final Map<String, Transition> transitions = new LinkedHashMap<>();

  private record Transition(String status, Instant since) {}

  /**
   * @param previous the SyncTarget as it was found: conditions that hold on keep their times
   */
  StatusDocument(ObjectTree previous) {
    for (ObjectTree condition : previous.items("status.conditions")) {
      condition
          .string("lastTransitionTime")
          .map(Instant::parse)
          .ifPresent(
              since ->
                  transitions.put(
                      condition.string("type").orElse(""),
                      new Transition(condition.string("status").orElse(""), since)));
    }
  }

  Map<String, Object> render(TargetReport report, Instant now) {
    Map<String, Object> status = new LinkedHashMap<>();
    List<Object> conditions = new ArrayList<>();
    for (Condition condition : report.conditions()) {
      conditions.add(condition(condition, report.generation(), now));
    }
    status.put("conditions", conditions);
    status.put("lastSyncerHeartbeatTime", time(now));
    List<TargetReport.Resource> resources =
        report.resources().stream()
            .sorted(Comparator.comparing(resource -> resource.resource().toString()))
            .limit(MOST_RESOURCES)
            .toList();
    status.put(
        "syncedResources",
        resources.stream()
            .filter(resource -> !resource.version().isEmpty())
            .map(this::synced)
            .toList());
    status.put("upstreamSync", upstreamSync(report, resources));
    return status;
  }

  private Map<String, Object> condition(Condition condition, long generation, Instant now) {
    Transition transition = transitions.get(condition.type());
    if (transition == null || !transition.status().equals(condition.status())) {
      transition = new Transition(condition.status(), now);
      transitions.put(condition.type(), transition);
    }
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("type", condition.type());
    rendered.put("status", condition.status());
    rendered.put("observedGeneration", generation);
    rendered.put("lastTransitionTime", time(transition.since()));
    rendered.put("reason", condition.reason());
    rendered.put("message", Ascii.truncate(condition.message(), LONGEST_MESSAGE, "..."));
    return rendered;
  }

  /** In the words of kcp's own type. */
  private Map<String, Object> synced(TargetReport.Resource resource) {
    String state =
        switch (resource.state()) {
          case "Incompatible" -> "Incompatible";
          case "Synced", "Stale", "Paused" -> "Accepted";
          default -> "Pending";
        };
    Map<String, Object> rendered = named(resource.resource());
    rendered.put("versions", List.of(resource.version()));
    rendered.put("state", state);
    return rendered;
  }

  private Map<String, Object> upstreamSync(
      TargetReport report, List<TargetReport.Resource> resources) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("observedGeneration", report.generation());
    putUnlessEmpty(rendered, "physicalClusterUID", report.physicalClusterUid());
    if (report.lastContact() != null) {
      rendered.put("lastContactTime", time(report.lastContact()));
    }
    rendered.put("objects", new LinkedHashMap<>(report.objects()));
    rendered.put("health", WorkloadDocument.counts(report.workloads()));
    rendered.put("worst", WorkloadDocument.worst(report.workloads()));
    WorkloadSums.Pods pods = report.workloads().pods();
    if (pods != null) {
      rendered.put("pods", WorkloadDocument.pods(pods));
    }
    rendered.put("holds", report.holds().stream().limit(MOST_HOLDS).map(this::hold).toList());
    Map<String, Object> conflicts = new LinkedHashMap<>();
    conflicts.put("unresolved", report.unresolved());
    conflicts.put("fights", report.fights());
    conflicts.put(
        "recent", report.recent().stream().limit(MOST_RECENT).map(this::conflict).toList());
    rendered.put("conflicts", conflicts);
    rendered.put(
        "resources",
        resources.stream().map(each -> resource(each, report.workloads().byResource())).toList());
    return rendered;
  }

  private Map<String, Object> hold(TargetReport.Hold hold) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("id", hold.id());
    rendered.put("type", hold.type());
    rendered.put("since", time(hold.since()));
    rendered.put("count", hold.count());
    putUnlessEmpty(rendered, "message", hold.message());
    rendered.put("examples", hold.examples().stream().limit(MOST_EXAMPLES).toList());
    return rendered;
  }

  private Map<String, Object> conflict(ConflictRecord conflict) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("time", time(conflict.time()));
    rendered.putAll(named(conflict.physical().resource()));
    putUnlessEmpty(rendered, "namespace", conflict.physical().namespace());
    rendered.put("name", conflict.physical().name());
    rendered.put("field", conflict.field().toString());
    rendered.put("physicalChange", camel(conflict.physicalChange()));
    rendered.put("upstreamChange", camel(conflict.upstreamChange()));
    rendered.put("otherManagers", List.copyOf(new TreeSet<>(conflict.otherManagers())));
    rendered.put("decision", camel(conflict.outcome()));
    rendered.put("strategy", conflict.strategy());
    rendered.put("decidedBy", conflict.decidedBy());
    return rendered;
  }

  private Map<String, Object> resource(
      TargetReport.Resource resource, Map<GroupResource, Map<Health, Long>> health) {
    Map<String, Object> rendered = named(resource.resource());
    putUnlessEmpty(rendered, "version", resource.version());
    rendered.put("state", resource.state());
    putUnlessEmpty(rendered, "reason", resource.reason());
    putUnlessEmpty(rendered, "message", resource.message());
    rendered.put("selected", resource.selected());
    rendered.put("synced", resource.synced());
    rendered.put("failed", resource.failed());
    Map<Health, Long> healthOf = health.get(resource.resource());
    if (healthOf != null) {
      rendered.put("health", WorkloadDocument.counts(healthOf));
    }
    putUnlessEmpty(rendered, "physicalResourceVersion", resource.physicalVersion());
    return rendered;
  }

  private static Map<String, Object> named(GroupResource resource) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    rendered.put("group", resource.group());
    rendered.put("resource", resource.resource());
    return rendered;
  }

  private static void putUnlessEmpty(Map<String, Object> into, String field, String value) {
    if (!value.isEmpty()) {
      into.put(field, value);
    }
  }

  private static String camel(Enum<?> constant) {
    return CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.UPPER_CAMEL, constant.name());
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
