package io.kcp.upstream.mirror;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.wire.ClusterEndpoint;
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

/**
 * A watched copy of one resource of one cluster. It keeps entries, not objects; its listener is
 * told keys, not events. One thread from {@link #start} to {@link #stop}. Safe for any thread.
 */
@SuppressWarnings("DoNotCallSuggester") // until it is built
public final class Mirror implements SharedIndexInformer<MirrorEntry> {

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

  public Mirror(
      ClusterEndpoint cluster,
      ResourceType type,
      MirrorQuery query,
      MirrorSettings settings,
      MirrorListener listener) {
    this.type = type;
  }

  private final ResourceType type;

  public ResourceType type() {
    return type;
  }

  /** The address-free name of the cluster, for messages: "physical cluster" or "workspace". */
  public String clusterName() {
    throw unsupported("drafted");
  }

  public Optional<MirrorEntry> find(String namespace, String name) {
    throw unsupported("drafted");
  }

  /** A live view: it may or may not show what changes meanwhile. */
  public Collection<MirrorEntry> entries() {
    throw unsupported("drafted");
  }

  /** A live view of one namespace. */
  public Collection<MirrorEntry> entries(String namespace) {
    throw unsupported("drafted");
  }

  public int size() {
    throw unsupported("drafted");
  }

  /** Begins to list and watch. Only the first call counts, and none after {@link #stop}. */
  public void start() {
    throw unsupported("drafted");
  }

  /**
   * Ends the watch and waits for its thread, at most 5 s, unless called on that thread. No call of
   * the listener begins after it returned. Entries stay readable. Safe to call twice or before
   * {@link #start}.
   */
  @Override
  public void stop() {
    throw unsupported("drafted");
  }

  /** Like {@link #stop}, with that bound; returns whether the thread has ended. */
  public boolean stop(Duration atMost) {
    throw unsupported("drafted");
  }

  /** Whether one list was complete since the start; stays true. {@link #state} tells of now. */
  @Override
  public boolean hasSynced() {
    throw unsupported("drafted");
  }

  public State state() {
    throw unsupported("drafted");
  }

  /** In CamelCase why the state is what it is: {@code Forbidden}, {@code NoAnswer}; "" for well. */
  public String reason() {
    throw unsupported("drafted");
  }

  /** The same as a sentence; "" where there is nothing to say. */
  public String message() {
    throw unsupported("drafted");
  }

  /** When the cluster last sent anything; empty before it did. */
  public Optional<Instant> lastContact() {
    throw unsupported("drafted");
  }

  /** The highest resourceVersion seen or told by {@link #expectAtLeast}; "" for none. */
  public String highestVersion() {
    throw unsupported("drafted");
  }

  /** Told before the start: the highest version that an earlier process saw. */
  public void expectAtLeast(String resourceVersion) {
    throw unsupported("drafted");
  }

  /** Takes lists of lower versions again: a person says that the cluster was meant to go back. */
  public void acceptRewind() {
    throw unsupported("drafted");
  }

  /** Asks again now instead of at the end of the wait that is under way, if any. */
  public void retryNow() {
    throw unsupported("drafted");
  }

  @Override
  public void run() {
    start();
  }

  /** The version that the watch would resume at; "" before the first list. */
  @Override
  public String lastSyncResourceVersion() {
    throw unsupported("drafted");
  }

  /** A reading view; its writing methods throw {@link UnsupportedOperationException}. */
  @Override
  public Indexer<MirrorEntry> getIndexer() {
    throw unsupported("drafted");
  }

  @Override
  public void addIndexers(Map<String, Function<MirrorEntry, @Nullable List<String>>> indexers) {
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
