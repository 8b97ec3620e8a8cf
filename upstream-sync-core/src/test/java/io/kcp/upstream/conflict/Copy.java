package io.kcp.upstream.conflict;

import io.kcp.upstream.discovery.ConflictPolicy;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.apply.ApplyConflictException;
import io.kcp.upstream.testkit.apply.ManagedFields;
import io.kcp.upstream.testkit.apply.Manager;
import io.kcp.upstream.testkit.apply.ServerSideApply;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.transform.NamespaceMapping;
import io.kcp.upstream.transform.Objects;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.OwnerLookup;
import io.kcp.upstream.transform.PluginCalls;
import io.kcp.upstream.transform.TargetKey;
import io.kcp.upstream.transform.TransformSettings;
import io.kcp.upstream.transform.Transformation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One copy in a workspace, merged by the in-memory server's apply, and the passes over it. The
 * reconciler's part is played in its plainest form.
 */
final class Copy implements AutoCloseable {
  static final String US = "upstream-sync/edge-1";
  static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  private static final Map<String, ConflictPolicy> POLICIES = new ConcurrentHashMap<>();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Fights fights;
  private final Map<String, ConflictStrategy> strategies;
  private final CopyKind kind;
  private ConflictResolver resolver;
  private ObjectTree live = ObjectTree.of(Map.of());

  Copy(String conflict, ConflictStrategy... strategies) {
    this(CopyKind.DEPLOYMENT, conflict, strategies);
  }

  Copy(CopyKind kind, String conflict, ConflictStrategy... strategies) {
    this.kind = kind;
    this.strategies =
        Arrays.stream(strategies).collect(Collectors.toMap(ConflictStrategy::name, s -> s));
    this.fights = new Fights(3, Duration.ofMinutes(10), clock);
    this.resolver = resolver(conflict);
  }

  private ConflictResolver resolver(String conflict) {
    ConflictSettings settings =
        new ConflictSettings("root:shop", "edge-1", US, policy(conflict), strategies);
    return new ConflictResolver(
        settings,
        new ValueHashes("key".getBytes(StandardCharsets.UTF_8)),
        new PluginCalls(threads, Duration.ofMillis(500)),
        fights,
        clock);
  }

  private ConflictPolicy policy(String conflict) {
    return strategies.isEmpty()
        ? POLICIES.computeIfAbsent(conflict, text -> policy(text, Set.of()))
        : policy(conflict, strategies.keySet());
  }

  private static ConflictPolicy policy(String conflict, Set<String> others) {
    Set<String> names = new HashSet<>(others);
    names.addAll(BuiltInStrategies.byName().keySet());
    String syncTarget = "{spec: {upstreamSync: {resources: [], conflict: {%s}}}}";
    return Selection.of(Objects.yaml(syncTarget.formatted(conflict)), names, Set.of()).conflict();
  }

  /** From now on the SyncTarget says this. */
  void policyIs(String conflict) {
    resolver = resolver(conflict);
  }

  /** The object is made upstream. */
  Copy created(ObjectTree physical) {
    ObjectTree body = resolver.toCreate(desired(physical));
    live = apply(null, body, US, false);
    return this;
  }

  ObjectTree live() {
    return live;
  }

  Optional<Object> value(String path) {
    return live.get(FieldPath.parse(path));
  }

  /** Somebody writes the copy. */
  void edited(String manager, UnaryOperator<ObjectTree> change) {
    live =
        ObjectTree.of(
            ManagedFields.afterUpdate(
                live.asMap(),
                change.apply(live).asMap(),
                new Manager(manager, kind.apiVersion(), ""),
                kind.server(),
                NOW));
  }

  void edited(String manager, String path, Object value) {
    edited(manager, copy -> copy.with(path, value));
  }

  void deleted(String manager, String path) {
    edited(manager, copy -> copy.without(path));
  }

  /** Somebody applies some fields, by force. */
  void applied(String manager, String yaml) {
    live = apply(live, Objects.yaml(yaml), manager, true);
  }

  /** One pass: candidates, apply, and once more with the fields that the server refused. */
  Resolution pass(ObjectTree physical) {
    Desired desired = desired(physical);
    Optional<Owned> ours = OwnedFields.of(live, US, "");
    Map<FieldPath, Set<String>> candidates = new TreeMap<>();
    ours.ifPresent(own -> candidates.putAll(Candidates.of(desired, live, own, US)));
    Resolution resolution = resolve(desired, ours, candidates);
    try {
      return carryOut(resolution);
    } catch (ApplyConflictException e) {
      candidates.putAll(refused(e, resolution.toApply()));
      return carryOut(resolve(desired, ours, candidates));
    }
  }

  private Resolution resolve(
      Desired desired, Optional<Owned> ours, Map<FieldPath, Set<String>> candidates) {
    return resolver.resolve(new Dispute(desired, live, ours, false, candidates));
  }

  private Resolution carryOut(Resolution resolution) {
    ObjectTree rid = FieldSets.without(live, resolution.toRemove());
    ObjectTree before = live;
    if (!rid.equals(live)) {
      edited(US, copy -> rid);
    }
    try {
      live = apply(live, resolution.toApply(), US, resolution.force());
    } catch (ApplyConflictException e) {
      live = before;
      throw e;
    }
    resolver.carriedOut(resolution);
    return resolution;
  }

  private Map<FieldPath, Set<String>> refused(ApplyConflictException e, ObjectTree body) {
    Map<FieldPath, Set<String>> refused = new TreeMap<>();
    for (ApplyConflictException.Conflict conflict : e.conflicts()) {
      for (FieldPath field : FieldSets.of(body, kind.merging())) {
        if (field.serverForm().equals(conflict.field())) {
          String manager = conflict.message().split("\"", -1)[1];
          refused.computeIfAbsent(field, f -> new TreeSet<>()).add(manager);
        }
      }
    }
    if (refused.isEmpty()) {
      throw e;
    }
    return refused;
  }

  private ObjectTree apply(
      @org.jspecify.annotations.Nullable ObjectTree before,
      ObjectTree body,
      String manager,
      boolean force) {
    return ObjectTree.of(
        ServerSideApply.apply(
            before == null ? null : before.asMap(),
            body.asMap(),
            new Manager(manager, kind.apiVersion(), ""),
            force,
            kind.server(),
            NOW));
  }

  private Desired desired(ObjectTree physical) {
    GroupResource parsed = GroupResource.parse(kind.resource());
    ResourceType served =
        new ResourceType(parsed, "v1", "Kind", true, Set.of("list"), Set.of("status"));
    TransformSettings settings =
        new TransformSettings(
            "edge-1",
            Map.of(),
            TargetKey.of("2vuw", "edge-1"),
            "root:shop",
            NamespaceMapping.same(),
            List.of());
    return new Transformation(settings, new PluginCalls(threads, Duration.ofSeconds(1)))
        .desired(new SyncedType(served, served, kind.merging()), physical, OwnerLookup.NONE);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
