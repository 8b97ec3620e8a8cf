package io.kcp.upstream.mirror;

import com.google.common.util.concurrent.Uninterruptibles;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.Hangup;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.TransformFunc;
import io.kubernetes.client.informer.cache.Indexer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watched copy of one resource of one cluster. It keeps entries, not objects; its listener is
 * told keys, not events. One thread from {@link #start} to {@link #stop}. Safe for any thread.
 *
 * <p>In place of the client's {@code DefaultSharedIndexInformer}, which takes three threads for
 * each resource, lists without pages and keeps the whole first list alive as long as its watch
 * lasts, loses the deletion of an object that a second list lacks while its addition is still
 * queued, tries again each second whatever failed and whatever the server asked for, and does not
 * say how it is.
 */
public final class Mirror implements SharedIndexInformer<MirrorEntry> {
  private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
  private static final Duration STOP = Duration.ofSeconds(5);

  /** How it is between the mirror and its cluster. */
  public enum State {
    /** No list is complete yet, and none has failed. */
    STARTING,
    /** A list is complete and a watch is open. */
    SYNCED,
    /** The cluster refuses list or watch; asked again ever more slowly. */
    FORBIDDEN,
    /** The cluster does not know the resource; asked again ever more slowly. */
    NOT_SERVED,
    /** Something failed and is tried again; what was mirrored before is still here. */
    RETRYING
  }

  private final String clusterName;
  private final ResourceType type;
  private final MirrorSettings settings;
  private final MirrorListener listener;
  private final Hangup hangup = new Hangup();
  private final Position position = new Position();
  private final MirrorStore store;
  private final Health health;
  private final Lister lister;
  private final Follower follower;
  private volatile boolean stopped;
  private @Nullable Thread thread; // guarded by this

  public Mirror(
      ClusterEndpoint cluster,
      ResourceType type,
      MirrorQuery query,
      MirrorSettings settings,
      MirrorListener listener) {
    this.clusterName = cluster.name();
    this.type = type;
    this.settings = settings;
    this.listener = listener;
    this.store = new MirrorStore(new Shelf(type, settings.kept()));
    this.health = new Health(clusterName + " " + type.resource(), settings.clock());
    MirrorRequests requests = new MirrorRequests(cluster, type, query, hangup);
    this.lister = new Lister(requests, store, position, this::changed, query.holdsRewind());
    this.follower =
        new Follower(
            new Follower.Mirrored(requests, store, position, health),
            lister,
            settings,
            new Audience());
  }

  public ResourceType type() {
    return type;
  }

  /** What messages call the cluster: "physical cluster" or "workspace". */
  public String clusterName() {
    return clusterName;
  }

  public Optional<MirrorEntry> find(String namespace, String name) {
    return Optional.ofNullable(store.get(namespace, name));
  }

  /** A live view: it may or may not show what changes meanwhile. */
  public Collection<MirrorEntry> entries() {
    return store.entries();
  }

  /** Those of one namespace at this moment; walks all entries. */
  public Collection<MirrorEntry> entries(String namespace) {
    return store.entries().stream().filter(e -> e.namespace().equals(namespace)).toList();
  }

  public int size() {
    return store.size();
  }

  /** Begins to list and watch. Only the first call counts, and none after {@link #stop}. */
  public synchronized void start() {
    if (thread == null && !stopped) {
      thread = settings.threads().newThread(this::follow);
      thread.setName("upstream-sync-watch " + clusterName + " " + type.resource());
      thread.start();
    }
  }

  private void follow() {
    try {
      follower.follow();
    } catch (InterruptedException e) {
      LOG.debug("{} {}: stopped", clusterName, type.resource());
    }
  }

  /**
   * Ends the watch and waits for its thread, at most 5 s, unless called on that thread. No call of
   * the listener begins after it returned. Entries stay readable, their content does not. Safe to
   * call twice or before {@link #start}.
   */
  @Override
  public void stop() {
    if (!stop(STOP)) {
      LOG.warn("{} {}: its thread has not ended yet", clusterName, type.resource());
    }
  }

  /**
   * Like {@link #stop}, with that bound; returns whether the thread has ended, or will when this
   * call, made on it, returns.
   */
  public boolean stop(Duration atMost) {
    Thread running;
    synchronized (this) {
      stopped = true;
      running = thread;
    }
    hangup.hangUp();
    follower.wake();
    boolean ended = running == null || ended(running, atMost);
    store.release();
    return ended;
  }

  private static boolean ended(Thread running, Duration atMost) {
    running.interrupt();
    if (running == Thread.currentThread()) {
      return true;
    }
    Uninterruptibles.joinUninterruptibly(running, atMost);
    return !running.isAlive();
  }

  /** Whether one list was complete since the start; stays true. {@link #state} tells of now. */
  @Override
  public boolean hasSynced() {
    return follower.hasSynced();
  }

  public State state() {
    return health.now().state();
  }

  /** In CamelCase why the state is what it is: {@code Forbidden}, {@code NoAnswer}; "" for well. */
  public String reason() {
    return health.now().reason();
  }

  /** The same as a sentence; "" where there is nothing to say. */
  public String message() {
    return health.now().message();
  }

  /** When the cluster last sent anything; empty before it did. */
  public Optional<Instant> lastContact() {
    return Optional.ofNullable(health.contact());
  }

  /** The highest resourceVersion seen or told by {@link #expectAtLeast}; "" for none. */
  public String highestVersion() {
    return position.highest();
  }

  /** Whether it waits for {@link #acceptRewind}, or for versions as high as they were. */
  public boolean isRewound() {
    return reason().equals(Trouble.REWOUND);
  }

  /**
   * Told before the start: who is asked, from the second list or watch on, before anything is taken
   * from it.
   */
  public void guardedBy(MirrorGuard other) {
    lister.guardedBy(other);
  }

  /** Told before the start: the highest version that an earlier process saw. */
  public void expectAtLeast(String resourceVersion) {
    position.expect(resourceVersion);
  }

  /** Takes lists of lower versions again: a person says that the cluster was meant to go back. */
  public void acceptRewind() {
    lister.acceptRewind();
    follower.wake();
  }

  /** Asks again now instead of at the end of the wait that is under way, if any. */
  public void retryNow() {
    follower.wake();
  }

  private void changed(String namespace, String name) {
    tell(() -> listener.changed(type.resource(), namespace, name));
  }

  /** What a listener throws must not end the mirror. */
  private void tell(Runnable call) {
    if (stopped) {
      return;
    }
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("{} {}: its listener failed", clusterName, type.resource(), e);
    }
  }

  private final class Audience implements Follower.Audience {
    @Override
    public void changed(String namespace, String name) {
      Mirror.this.changed(namespace, name);
    }

    @Override
    public void stateChanged() {
      tell(() -> listener.stateChanged(Mirror.this));
    }
  }

  @Override
  public void run() {
    start();
  }

  /** The version that the watch would resume at; "" before the first list. */
  @Override
  public String lastSyncResourceVersion() {
    return position.version();
  }

  /** A reading view; its writing methods throw {@link UnsupportedOperationException}. */
  @Override
  public Indexer<MirrorEntry> getIndexer() {
    return new MirrorIndexer(store);
  }

  @Override
  public void addIndexers(Map<String, Function<MirrorEntry, List<String>>> indexers) {
    throw unsupported("the only index is by namespace");
  }

  @Override
  public void addEventHandler(ResourceEventHandler<MirrorEntry> handler) {
    throw unsupported("keys go to the MirrorListener given to the constructor");
  }

  @Override
  public void addEventHandlerWithResyncPeriod(
      ResourceEventHandler<MirrorEntry> handler, long resyncPeriodMillis) {
    addEventHandler(handler);
  }

  @Override
  public void setTransform(TransformFunc transformFunc) {
    throw unsupported("an entry's content is transformed by a worker");
  }

  private static UnsupportedOperationException unsupported(String why) {
    return new UnsupportedOperationException("a mirror cannot do this: " + why);
  }
}
