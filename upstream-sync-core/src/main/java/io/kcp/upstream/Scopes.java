package io.kcp.upstream;

import io.kcp.upstream.conflict.ConflictHistory;
import io.kcp.upstream.conflict.ConflictResolver;
import io.kcp.upstream.conflict.ConflictSettings;
import io.kcp.upstream.conflict.Fights;
import io.kcp.upstream.conflict.ValueHashes;
import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.NamespaceMappingSpec;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.discovery.TransformerRef;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Transformer;
import io.kcp.upstream.sync.Additions;
import io.kcp.upstream.sync.Clusters;
import io.kcp.upstream.sync.FieldManagers;
import io.kcp.upstream.sync.Reconciler;
import io.kcp.upstream.sync.SyncMemory;
import io.kcp.upstream.sync.SyncScope;
import io.kcp.upstream.transform.NamespaceLocator;
import io.kcp.upstream.transform.NamespaceMapping;
import io.kcp.upstream.transform.TransformSettings;
import io.kcp.upstream.transform.Transformation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes what is worked by for each state of the spec, around what outlives it. */
final class Scopes implements AutoCloseable {
  private static final int HISTORY = 100;

  /** What a spec is put into force over. */
  record World(
      TypeMirrors mirrors,
      SyncMemory memory,
      Situation situation,
      Survey survey,
      NamespaceView namespaces,
      Metering metering,
      Additions additions,
      DiscoveryClient physicalDiscovery,
      DiscoveryClient workspaceDiscovery) {}

  /** One state of the spec, and what was found for it. */
  record For(
      long generation,
      ObjectTree target,
      Selection selection,
      TypeFinder.Found found,
      boolean atRest) {}

  private final Setup setup;
  private final Opened opened;
  private final World world;
  private final ValueHashes hashes;
  private final Fights fights;
  private final ConflictHistory history;
  private final AtomicBoolean restored = new AtomicBoolean();
  private final PluginThreads plugins;

  Scopes(Setup setup, Opened opened, World world) {
    this.setup = setup;
    this.opened = opened;
    this.world = world;
    this.hashes = new ValueHashes(opened.hashKey());
    SyncerConfig.Fights limits = setup.config().fights();
    this.fights = new Fights(limits.rewrites(), limits.window(), setup.clock());
    this.history = new ConflictHistory(HISTORY, world.metering().with(setup.plugins().listeners()));
    this.plugins = new PluginThreads(setup);
  }

  ConflictHistory history() {
    return history;
  }

  InForce make(For asked) {
    world.namespaces().start(asked.selection().needsNamespaceLabels());
    history.limit(asked.selection().conflict().historyLimit());
    NamespaceMapping mapping = mapping(asked);
    TransformSettings transforms = transforms(asked, mapping);
    Transformation transformation = new Transformation(transforms, plugins.calls());
    if (!restored.getAndSet(true)) {
      List<ConflictRecord> remembered =
          RecentConflicts.of(opened.target(), setup.workspaceName(), transformation::upstream);
      history.restore(remembered);
      fights.takeUp(remembered);
    }
    SyncScope scope = scope(asked, transformation);
    return new InForce(
        asked.generation(),
        asked.selection(),
        asked.found(),
        asked.atRest(),
        transforms,
        transformation,
        scope,
        new Reconciler(scope));
  }

  private SyncScope scope(For asked, Transformation transformation) {
    return new SyncScope(
        opened.key(),
        managers(),
        new Clusters(
            setup.physical(),
            world.physicalDiscovery(),
            Optional.of(world.situation().physicalUid()),
            setup.workspace(),
            world.workspaceDiscovery()),
        world.mirrors(),
        asked.selection(),
        world.namespaces(),
        transformation,
        resolver(asked.selection()),
        history,
        world.additions(),
        world.survey()::isComplete,
        world.memory(),
        setup.clock());
  }

  private ConflictResolver resolver(Selection selection) {
    return new ConflictResolver(
        new ConflictSettings(
            setup.workspaceName(),
            setup.syncTarget(),
            managers().main(),
            selection.conflict(),
            setup.plugins().strategies()),
        hashes,
        plugins.calls(),
        fights,
        setup.clock());
  }

  private FieldManagers managers() {
    return FieldManagers.of(setup.syncTarget(), opened.key().value());
  }

  private NamespaceMapping mapping(For asked) {
    NamespaceMappingSpec spec = asked.selection().namespaceMapping();
    return switch (spec.type()) {
      case SAME -> NamespaceMapping.same();
      case PREFIX -> NamespaceMapping.prefix(spec.prefix());
      case LOCATOR ->
          world
              .namespaces()
              .locators(
                  new NamespaceLocator.Owner(
                      Set.of(opened.cluster(), setup.workspaceName()),
                      setup.syncTarget(),
                      asked.target().string("metadata.uid").orElse("")));
    };
  }

  private TransformSettings transforms(For asked, NamespaceMapping mapping) {
    List<TransformSettings.Step> steps = new ArrayList<>();
    for (Transformer active : setup.plugins().active()) {
      steps.add(new TransformSettings.Step(active, Map.of()));
    }
    Map<String, Transformer> known = setup.plugins().transformers();
    for (TransformerRef named : asked.selection().transformers()) {
      Transformer transformer = known.get(named.name());
      if (transformer == null) { // the spec was checked against the same names
        throw new IllegalStateException("the transformer " + named.name() + " is not known");
      }
      steps.add(new TransformSettings.Step(transformer, named.parameters()));
    }
    return new TransformSettings(
        setup.syncTarget(),
        asked.target().labels(),
        opened.key(),
        setup.workspaceName() + "," + opened.cluster(),
        mapping,
        steps);
  }

  @Override
  public void close() {
    plugins.close();
    history.close();
  }
}
