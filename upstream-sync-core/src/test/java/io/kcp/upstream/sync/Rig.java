package io.kcp.upstream.sync;

import static org.awaitility.Awaitility.await;

import io.kcp.upstream.conflict.BuiltInStrategies;
import io.kcp.upstream.conflict.ConflictHistory;
import io.kcp.upstream.conflict.ConflictResolver;
import io.kcp.upstream.conflict.ConflictSettings;
import io.kcp.upstream.conflict.Fights;
import io.kcp.upstream.conflict.ValueHashes;
import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.OpenApiSchemas;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.discovery.TypeSets;
import io.kcp.upstream.mirror.KeptBytes;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.mirror.MirrorListener;
import io.kcp.upstream.mirror.MirrorQuery;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.NamespaceMapping;
import io.kcp.upstream.transform.PluginCalls;
import io.kcp.upstream.transform.TargetKey;
import io.kcp.upstream.transform.TransformSettings;
import io.kcp.upstream.transform.Transformation;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.Backoff;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** A reconciler between two servers, driven key by key: mirrors are real, the queue is the test. */
final class Rig implements Mirrors, AutoCloseable {
  static final String SYNC_TARGET = "edge-1";
  static final TargetKey KEY = TargetKey.of("root", SYNC_TARGET);

  private static final KeptBytes ROOM = new KeptBytes(1 << 20, 1 << 20);

  private final ExecutorService plugins = Executors.newCachedThreadPool();
  private final Map<GroupResource, SyncedType> types = new HashMap<>();
  private final Map<GroupResource, Mirror> physicalMirrors = new HashMap<>();
  private final Map<GroupResource, Mirror> copyMirrors = new HashMap<>();
  private final TestCluster physicalCluster;
  private final TestCluster workspaceCluster;
  private final ConflictHistory history = new ConflictHistory(100, List.of());
  final ConcurrentLinkedQueue<WorkKey> queued = new ConcurrentLinkedQueue<>();
  Additions additions = Additions.NONE;
  final SyncMemory memory;
  private SyncScope scope;
  private Reconciler reconciler;

  Rig(TestCluster physical, TestCluster workspace, Map<String, Object> upstreamSync)
      throws InterruptedException {
    this(physical, workspace, selection(upstreamSync), Map.of(), ROOM);
  }

  private Rig(
      TestCluster physical,
      TestCluster workspace,
      Selection selection,
      Map<GroupResource, SyncedType> known,
      KeptBytes kept)
      throws InterruptedException {
    this.physicalCluster = physical;
    this.workspaceCluster = workspace;
    ClusterEndpoint down = endpoint("physical cluster", physical.readOnlyClient());
    ClusterEndpoint up = endpoint("workspace", workspace.client());
    Clusters clusters =
        new Clusters(
            down, new DiscoveryClient(down), Optional.empty(), up, new DiscoveryClient(up));
    types.putAll(known.isEmpty() ? found(clusters, selection) : known);
    mirror(clusters, kept);
    memory = new SyncMemory(Clock.systemUTC(), queued::add, Duration.ZERO);
    scope = scope(clusters, selection);
    reconciler = new Reconciler(scope);
  }

  private static Selection selection(Map<String, Object> upstreamSync) {
    return Selection.of(
        ObjectTree.of(
            Map.of(
                "metadata",
                Map.of("name", SYNC_TARGET),
                "spec",
                Map.of("upstreamSync", upstreamSync))),
        BuiltInStrategies.byName().keySet(),
        Set.of());
  }

  /** Ends this one; the new one knows nothing but the types and what the servers say. */
  Rig restarted() throws InterruptedException {
    return restarted(ROOM);
  }

  /** The same, with so much room for what mirrors keep of content. */
  Rig restarted(KeptBytes kept) throws InterruptedException {
    close();
    Rig next = new Rig(physicalCluster, workspaceCluster, scope.selection(), types, kept);
    next.additions = additions;
    return next;
  }

  private static Map<GroupResource, SyncedType> found(Clusters clusters, Selection selection)
      throws InterruptedException {
    return TypeSets.compute(
            selection,
            clusters.physicalDiscovery().refresh(),
            clusters.workspaceDiscovery().refresh(),
            new OpenApiSchemas(clusters.workspace()))
        .synced();
  }

  private SyncScope scope(Clusters clusters, Selection selection) {
    FieldManagers managers = FieldManagers.of(SYNC_TARGET, KEY.value());
    PluginCalls calls = new PluginCalls(plugins, Duration.ofSeconds(5));
    return new SyncScope(
        KEY,
        managers,
        clusters,
        this,
        selection,
        namespace -> Optional.of(Map.of()),
        new Transformation(
            new TransformSettings(
                SYNC_TARGET, Map.of(), KEY, "root", NamespaceMapping.same(), List.of()),
            calls),
        new ConflictResolver(
            new ConflictSettings(
                "root", SYNC_TARGET, managers.main(), selection.conflict(), Map.of()),
            new ValueHashes(new byte[32]),
            calls,
            new Fights(3, Duration.ofMinutes(10), Clock.systemUTC()),
            Clock.systemUTC()),
        history,
        new Exchangeable(),
        () -> true,
        memory,
        Clock.systemUTC());
  }

  /** What is set at the moment. */
  private final class Exchangeable implements Additions {
    @Override
    public Desired added(Desired desired, ObjectTree object, Supplier<Optional<ObjectTree>> copy) {
      return additions.added(desired, object, copy);
    }

    @Override
    public Optional<Duration> early(WorkKey key, Desired desired, boolean isThere) {
      return additions.early(key, desired, isThere);
    }
  }

  private static ClusterEndpoint endpoint(String name, ApiClient client) {
    return new ClusterEndpoint(
        name,
        client,
        "",
        new EndpointLimits(1000, 1000, 16, 500, Duration.ofSeconds(30)),
        () -> client);
  }

  private void mirror(Clusters clusters, KeptBytes kept) {
    MirrorSettings settings =
        MirrorSettings.of(
                Thread::new,
                Clock.systemUTC(),
                new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1), 0.2))
            .with(kept);
    types.forEach(
        (resource, type) -> {
          physicalMirrors.put(
              resource,
              new Mirror(
                  clusters.physical(), type.physical(), MirrorQuery.physical(), settings, QUIET));
          copyMirrors.put(
              resource,
              new Mirror(
                  clusters.workspace(),
                  type.upstream(),
                  MirrorQuery.upstream(KEY.label() + "=Upsync"),
                  settings,
                  QUIET));
        });
    all().forEach(Mirror::start);
    await().atMost(Duration.ofSeconds(30)).until(() -> all().stream().allMatch(Mirror::hasSynced));
  }

  private static final MirrorListener QUIET =
      new MirrorListener() {
        @Override
        public void changed(GroupResource resource, String namespace, String name) {}

        @Override
        public void stateChanged(Mirror mirror) {}
      };

  private List<Mirror> all() {
    List<Mirror> all = new ArrayList<>(physicalMirrors.values());
    all.addAll(copyMirrors.values());
    return all;
  }

  /** Works on a physical key, written {@code deployments.apps/shop/web}, until it is settled. */
  Finding sync(String key) throws InterruptedException {
    Outcome outcome = once(key);
    for (int i = 0; i < 20 && !(outcome instanceof Outcome.Settled); i++) {
      outcome = once(key);
    }
    return outcome.finding();
  }

  /** One pass, once both mirrors show what the servers hold. */
  Outcome once(String key) throws InterruptedException {
    ObjectKey parsed = ObjectKey.parse("physical:" + key);
    awaitMirrors(parsed);
    return now(key);
  }

  private void awaitMirrors(ObjectKey key) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                shows(physicalMirrors.get(key.resource()), physicalCluster, key, "")
                    && shows(copyMirrors.get(key.resource()), workspaceCluster, key, KEY.label()));
  }

  private static boolean shows(Mirror mirror, TestCluster cluster, ObjectKey key, String label) {
    Optional<String> is =
        cluster
            .find(key.resource().toString(), key.namespace(), key.name())
            .filter(object -> label.isEmpty() || object.labels().containsKey(label))
            .flatMap(object -> object.string("metadata.resourceVersion"));
    return is.equals(mirror.find(key.namespace(), key.name()).map(MirrorEntry::resourceVersion));
  }

  /** One pass over what the mirrors show now. */
  Outcome now(String key) throws InterruptedException {
    ObjectKey parsed = ObjectKey.parse("physical:" + key);
    return reconciler.reconcile(new WorkKey(parsed.resource(), parsed.namespace(), parsed.name()));
  }

  void awaitMirrors(String key) {
    awaitMirrors(ObjectKey.parse("physical:" + key));
  }

  /** Until the physical mirror has lost it. */
  void awaitAbsent(String key) {
    ObjectKey parsed = ObjectKey.parse("physical:" + key);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                physicalMirrors
                    .get(parsed.resource())
                    .find(parsed.namespace(), parsed.name())
                    .isEmpty());
  }

  /** What a namespace controller does when nothing is left in it. */
  void finalizeNamespace(String name) throws InterruptedException {
    send(
        physicalCluster,
        ApiRequest.put(
            "/api/v1/namespaces/%s/finalize".formatted(name),
            ObjectTree.of(
                Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "Namespace",
                    "metadata",
                    Map.of("name", name),
                    "spec",
                    Map.of("finalizers", List.of())))));
  }

  static void send(TestCluster cluster, ApiRequest request) throws InterruptedException {
    endpoint("test", cluster.client()).send(request);
  }

  static Desired changed(Desired desired, ObjectTree object) {
    return new Desired(
        desired.type(),
        desired.physical(),
        desired.upstream(),
        object,
        desired.status(),
        desired.origin(),
        desired.directives(),
        desired.transformers());
  }

  /** From now on the physical cluster is taken for another one unless it has this UID. */
  void expectPhysicalUid(String uid) {
    Clusters c = scope.clusters();
    scope =
        scope(
            new Clusters(
                c.physical(),
                c.physicalDiscovery(),
                Optional.of(uid),
                c.workspace(),
                c.workspaceDiscovery()),
            scope.selection());
    reconciler = new Reconciler(scope);
  }

  List<PlannedStep> plan() throws InterruptedException {
    return new Planner(scope).plan();
  }

  ConflictHistory history() {
    return history;
  }

  SyncScope scope() {
    return scope;
  }

  @Override
  public Set<GroupResource> resources() {
    return types.keySet();
  }

  @Override
  public Optional<SyncedType> type(GroupResource resource) {
    return Optional.ofNullable(types.get(resource));
  }

  @Override
  public Optional<Mirror> physical(GroupResource resource) {
    return Optional.ofNullable(physicalMirrors.get(resource));
  }

  @Override
  public Optional<Mirror> upstream(GroupResource resource) {
    return Optional.ofNullable(copyMirrors.get(resource));
  }

  @Override
  public void close() {
    all().forEach(Mirror::stop);
    plugins.shutdownNow();
    history.close();
  }
}
