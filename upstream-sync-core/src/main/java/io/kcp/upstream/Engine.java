package io.kcp.upstream;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.OpenApiSchemas;
import io.kcp.upstream.discovery.SchemaImport;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.status.StatusWriter;
import io.kcp.upstream.status.TargetReport;
import io.kcp.upstream.sync.Dispatcher;
import io.kcp.upstream.sync.FieldManagers;
import io.kcp.upstream.sync.Hold;
import io.kcp.upstream.sync.KeyBackoff;
import io.kcp.upstream.sync.KeyQueue;
import io.kcp.upstream.sync.SyncMemory;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One syncer at work: what watches, queues, decides and reports, put together. */
final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  private final Setup setup;
  private final KeyQueue queue;
  private final KeyWork work;
  private final Dispatcher dispatcher;
  private final SyncMemory memory;
  private final Situation situation;
  private final TypeMirrors mirrors;
  private final TargetWatch target;
  private final Control control;
  private final Scopes scopes;
  private final Reporter reporter;
  private final WriteTicker ticker;
  private final Announcer announcer;
  private final Metering metering;
  private final Survey survey;
  private final ServedWatches served;
  private final NamespaceView namespaces;
  private final WorkloadView workloads;
  private final Rewinds rewinds;
  private final AtomicBoolean doubtful = new AtomicBoolean();

  /**
   * @param onRenewed told, on any thread, that another workspace is behind the path by now
   * @param onEnd told, on any thread, of what no waiting helps against
   */
  Engine(Setup setup, Opened opened, Runnable onRenewed, Consumer<SyncException> onEnd) {
    this.setup = setup;
    this.situation =
        new Situation(
            setup.syncTarget(),
            opened.target().string("status.upstreamSync.physicalClusterUID").orElse(""));
    this.queue = new KeyQueue(new KeyBackoff(setup.backoff()), setup.runtime().scheduler());
    this.memory = new SyncMemory(setup.clock(), queue::add);
    this.metering = new Metering(setup);
    this.work = new KeyWork(setup, queue, memory, metering, this::inForceNow);
    this.dispatcher =
        new Dispatcher(queue, setup.runtime().workers(), setup.runtime().workerCount(), work::pass);
    this.mirrors =
        new TypeMirrors(setup, marked(opened), intake(Side.PHYSICAL), intake(Side.UPSTREAM));
    mirrors.expect(opened.target());
    mirrors.guardedBy(new IdentityGuard(setup, situation));
    this.rewinds = new Rewinds(mirrors, setup.clock(), opened.target());
    this.target = new TargetWatch(setup, mirrors.settings(), opened.target(), this::targetChanged);
    DiscoveryClient physical = new DiscoveryClient(setup.physical());
    DiscoveryClient workspace = new DiscoveryClient(setup.workspace());
    this.namespaces =
        new NamespaceView(
            setup,
            mirrors.settings(),
            new NamespaceChanges(this::inForceNow, mirrors, queue, this::mirrorChanged));
    this.survey = new Survey(mirrors, queue, dispatcher);
    this.workloads =
        new WorkloadView(
            setup,
            new WorkloadView.World(mirrors, queue, this::inForceNow, this::physicalReturned));
    memory.ledger().addListener(workloads.reports());
    this.scopes =
        new Scopes(
            setup,
            opened,
            new Scopes.World(
                mirrors,
                memory,
                situation,
                survey,
                namespaces,
                metering,
                workloads.reports(),
                physical,
                workspace));
    this.served = new ServedWatches(setup, mirrors.settings(), this::servedAnew);
    FieldManagers managers = FieldManagers.of(setup.syncTarget(), opened.key().value());
    TargetFinalizer finalizer = new TargetFinalizer(setup, managers.main());
    this.control =
        new Control(
            setup,
            new Parts(
                target::current,
                new WorkspaceLook(setup, opened.cluster()),
                new PhysicalIdentity(physical),
                rewinds,
                new TypeFinder(
                    new TypeFinder.Tools(
                        physical,
                        workspace,
                        new OpenApiSchemas(setup.workspace()),
                        imports(setup, opened)),
                    served,
                    new FormerTypes(setup.workspace(), marked(opened))),
                mirrors,
                scopes,
                finalizer,
                new Departure(
                    new Departure.Tools(
                        situation, scopes, finalizer, () -> dispatcher.running() == 0)),
                survey,
                this::requeueAll,
                onRenewed,
                onEnd),
            situation);
    this.reporter =
        new Reporter(
            setup,
            new Reporter.Sources(
                control,
                situation,
                mirrors,
                memory,
                scopes,
                rewinds,
                workloads,
                this::isJudged,
                this::isInSync),
            opened.target());
    StatusWriter status =
        new StatusWriter(
            setup.workspace(),
            new StatusWriter.Settings(
                setup.syncTarget(),
                managers.main(),
                setup.config().reporting().coalesce(),
                setup.config().reporting().heartbeat()),
            opened.target(),
            this::report,
            setup.clock());
    this.ticker = WriteTicker.ofStatus(setup, status, () -> target.current().isPresent());
    this.announcer = new Announcer(setup, opened, new Copies(mirrors, control::inForce));
    workloads.reports().tell(announcer.events());
    metering.of(measured(status));
  }

  private SyncMeters.Measured measured(StatusWriter status) {
    return new SyncMeters.Measured(
        new SyncMeters.Objects(
            memory.ledger()::counts,
            () -> workloads.sums().counts(),
            () -> memory.deletions().holds().stream().mapToLong(Hold::count).sum()),
        new SyncMeters.Queue(queue::length, () -> metering.lag().oldest().toMillis() / 1000.0),
        new SyncMeters.Mirrored(mirrors::count, mirrors::keptBytes),
        new SyncMeters.Reports(
            announcer.events()::written, announcer.events()::dropped, status::writes));
  }

  private void physicalReturned() {
    control.refreshSoon();
  }

  private static String marked(Opened opened) {
    return opened.key().label() + "=" + SyncKeys.STATE_UPSYNC;
  }

  private static SchemaImport imports(Setup setup, Opened opened) {
    FieldManagers managers = FieldManagers.of(setup.syncTarget(), opened.key().value());
    return new SchemaImport(
        setup.physical(), setup.workspace(), setup.syncTarget(), managers.main());
  }

  private void servedAnew() {
    control.servedAnew();
  }

  private TargetReport report() {
    survey.look();
    return reporter.report();
  }

  private Intake intake(Side side) {
    return new Intake(
        side,
        side == Side.PHYSICAL ? this::physicalChanged : this::copyChanged,
        work::toPhysical,
        this::isListed,
        this::mirrorChanged);
  }

  private void physicalChanged(WorkKey key) {
    metering.arrived(key);
    queue.add(key);
  }

  private void copyChanged(WorkKey key) {
    queue.add(key);
  }

  private @Nullable InForce inForceNow() {
    return control.inForce();
  }

  private boolean isListed(GroupResource resource) {
    return mirrors.pair(resource).filter(TypeMirrors.Pair::hasSynced).isPresent();
  }

  /** What was listed first is queued when both sides are there to compare. */
  private void mirrorChanged() {
    if (namespaces.isReady()) {
      mirrors.announceListed(work::requeue);
    }
    survey.look();
    boolean doubt = mirrors.isPhysicalLost();
    if (doubtful.getAndSet(doubt) != doubt || rewinds.isNews()) {
      control.refreshSoon(); // who answers there next may be another cluster, or one of yesterday
    }
  }

  private void targetChanged() {
    readRelease();
    control.refreshSoon();
  }

  private void readRelease() {
    target
        .current()
        .map(now -> now.annotations().getOrDefault(SyncKeys.RELEASE, ""))
        .ifPresent(memory.deletions()::release);
  }

  /** An engine that has only looked: it writes nothing, and is to be abandoned. */
  static Engine preview(Setup setup, Opened opened) {
    Engine preview =
        new Engine(
            setup,
            opened,
            () -> LOG.debug("another workspace by now"),
            why -> LOG.debug("a preview ended: {}", String.valueOf(why.getMessage())));
    preview.control.startLooking();
    return preview;
  }

  void start() {
    setup.runtime().vigil().watch(setup.physical());
    setup.runtime().vigil().watch(setup.workspace());
    readRelease();
    target.start();
    control.start();
    announcer.start(memory.ledger());
    workloads.start();
    metering.start();
    dispatcher.start();
    ticker.start();
  }

  private void requeueAll() {
    workloads.typesChanged();
    mirrors.pairs().stream().filter(survey::isReady).forEach(work::requeue);
  }

  private boolean isJudged() {
    return control.inForce() != null && survey.isComplete() && workloads.reports().isTold();
  }

  boolean isInSync() {
    return !control.isBusy()
        && control.inForce() != null
        && situation.physical().isNone()
        && situation.workspace().isNone()
        && workloads.reports().isTold()
        && !workloads.reports().isHolding()
        && survey.isDone()
        && !memory.ledger().counts().containsKey(io.kcp.upstream.sync.Verdict.PENDING);
  }

  /** Waits until both sides were listed; what can't be listed does not count. */
  void awaitListed(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (control.inForce() == null || !survey.isListed()) {
      if (System.nanoTime() > deadline) {
        throw new SyncException(
            SyncException.Kind.TRANSIENT,
            null,
            "both sides could not be read within %s: %s"
                .formatted(limit, situation.physical().message()),
            null);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  SyncerState state() {
    return reporter.state();
  }

  Plan plan() throws InterruptedException {
    return new PlanView(setup.clock(), inForce()).plan();
  }

  /**
   * What is known of one object.
   *
   * @param planned whether nothing was decided yet, so that what would be has to be found out
   */
  Explanation explain(ObjectKey key, boolean planned) throws InterruptedException {
    ExplainView.Insight insight = new ExplainView.Insight(memory, namespaces, scopes.history());
    InForce known = control.known(); // what was decided last can be told while nothing may be done
    ExplainView view = new ExplainView(setup, insight, known == null ? inForce() : known);
    return planned ? view.explain(key, plan()) : view.explain(key);
  }

  private InForce inForce() {
    InForce now = control.inForce();
    if (now != null) {
      return now;
    }
    Trouble why = situation.rest().isNone() ? situation.physical() : situation.rest();
    throw new SyncException(
        SyncException.Kind.TRANSIENT, null, why.reason() + ": " + why.message(), null);
  }

  /** Found by asking both sides; nothing is written. */
  List<ConflictRecord> openConflicts() throws InterruptedException {
    return new PlanView(setup.clock(), inForce()).openConflicts();
  }

  List<ConflictRecord> conflicts() {
    return scopes.history().newestFirst();
  }

  /** Intake, workers, last status; see {@link #stopWatches} for the rest. */
  void quiesce() {
    control.end();
    queue.shutDown();
    try {
      if (!dispatcher.drain(setup.config().timeouts().shutdown())) {
        LOG.warn(
            "SyncTarget {}: work was still under way after {}",
            setup.syncTarget(),
            setup.config().timeouts().shutdown());
      }
      situation.rest(new Trouble("Stopped", "the syncer was stopped"));
      announcer.stopWithLastWrite();
      ticker.stopWithLastWrite();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void stopWatches() {
    setup.physical().ignore(setup.runtime().vigil());
    setup.workspace().ignore(setup.runtime().vigil());
    metering.stop();
    target.stop();
    namespaces.stop();
    workloads.stop();
    served.stop();
    mirrors.close();
    scopes.close();
  }

  /** Stops without a word: another process may be at work already, or nothing was ever written. */
  void abandon() {
    control.end();
    queue.shutDown();
    announcer.stop();
    ticker.stop();
    try {
      dispatcher.drain(setup.config().timeouts().shutdown());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stopWatches();
  }
}
