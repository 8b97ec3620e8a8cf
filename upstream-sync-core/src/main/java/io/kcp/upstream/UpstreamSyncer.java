package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The engine for one SyncTarget: pulls what it selects of a physical cluster up into a workspace
 * and keeps it true there.
 *
 * <pre>{@code
 * ApiClient edge = Config.fromConfig("edge.kubeconfig");
 * ApiClient kcp = Config.fromConfig("kcp.kubeconfig");
 * try (UpstreamSyncer syncer =
 *     UpstreamSyncer.builder(PhysicalCluster.of(edge), Workspace.of(kcp, "root:shop"), "edge-1")
 *         .build()) {
 *   syncer.start();
 *   syncer.awaitInSync(Duration.ofMinutes(1));
 *   syncer.awaitStopped();
 * }
 * }</pre>
 *
 * <p>Safe for any thread. What shall be synced is the SyncTarget's to say; there are no setters.
 */
public final class UpstreamSyncer implements AutoCloseable {
  private final SyncerLife life;

  UpstreamSyncer(Setup setup) {
    this.life = new SyncerLife(this, setup);
  }

  /** Required things are arguments; see {@link Builder} for the rest. */
  public static Builder builder(PhysicalCluster physical, Workspace workspace, String syncTarget) {
    return new SyncerBuilder(physical, workspace, syncTarget);
  }

  /** What may be chosen; nothing is asked or started before {@link UpstreamSyncer#start}. */
  public interface Builder {
    /** Default: {@link SyncerConfig#defaults}. */
    Builder config(SyncerConfig config);

    /** Default: {@link Plugins#discover}. */
    Builder plugins(Plugins plugins);

    /** Stays the caller's to close. Default: one of its own, closed with the syncer. */
    Builder runtime(SyncRuntime runtime);

    /** Two syncers of one SyncTarget must then be kept apart by other means. */
    Builder withoutLease();

    /** Throws {@link SyncException} of kind CONFIGURATION when plug-ins can't be loaded. */
    UpstreamSyncer build();
  }

  /**
   * Begins to sync and returns; see {@link #awaitInSync}. Needs the workspace, the SyncTarget and a
   * valid spec within {@code timeouts.start}. A physical cluster that is down is a condition, not
   * an exception. May be called once.
   *
   * @throws SyncException CONFIGURATION or TRANSIENT; nothing is left open then
   * @throws IllegalStateException when it was started or closed before
   */
  public void start() {
    life.start();
  }

  /**
   * Waits until the lists of both sides are complete and no key waits: each selected object is
   * synced or reported.
   *
   * @throws TimeoutException after {@code limit}; the message says what is awaited
   * @throws SyncException when the syncer has failed
   * @throws IllegalStateException when it is not running
   */
  public void awaitInSync(Duration limit) throws InterruptedException, TimeoutException {
    life.awaitInSync(limit);
  }

  /**
   * Waits for the end: returns after {@link #close}.
   *
   * @throws SyncException what else ended it
   */
  public void awaitStopped() throws InterruptedException {
    life.awaitStopped();
  }

  /** How it stands now; sends no request. */
  public SyncerState state() {
    return life.state();
  }

  /**
   * What would be done now. Before {@link #start} the servers are asked; no lease is taken and
   * nothing is written.
   *
   * @throws SyncException when a side can't be read
   */
  public Plan plan() {
    return life.questions().plan();
  }

  /**
   * What was decided on one object, and why. May read it live.
   *
   * @param key of either side; an unknown one is NOT_SELECTED, with the setting that left it out
   */
  public Explanation explain(ObjectKey key) {
    return life.questions().explain(key);
  }

  /**
   * The conflicts remembered, newest first, at most {@code historyLimit}. Before {@link #start}
   * both sides are asked, as for {@link #plan}, and these are the open ones.
   */
  public List<ConflictRecord> conflicts() {
    return life.questions().conflicts();
  }

  /**
   * Stops in this order: intake, workers (up to {@code timeouts.shutdown}), last status, lease,
   * watches. In any state, from any thread, safe to call twice.
   */
  @Override
  public void close() {
    life.close();
  }
}
