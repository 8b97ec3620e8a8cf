package io.kcp.upstream;

import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.sync.Dispatcher;
import io.kcp.upstream.sync.KeyQueue;

/**
 * Whether each object has been looked at once since the spec or the set of resources changed:
 * before that nobody knows how many copies are to go, and after it the two sides are in sync or
 * reported.
 */
final class Survey {
  private final TypeMirrors mirrors;
  private final KeyQueue queue;
  private final Dispatcher dispatcher;
  private int queueing; // guarded by this, as is complete
  private boolean complete;

  Survey(TypeMirrors mirrors, KeyQueue queue, Dispatcher dispatcher) {
    this.mirrors = mirrors;
    this.queue = queue;
    this.dispatcher = dispatcher;
  }

  /** Nothing counts as looked at before {@link #queued}: another spec is about to be in force. */
  synchronized void begin() {
    queueing++;
    complete = false;
  }

  /** All keys have been queued since {@link #begin}. */
  synchronized void queued() {
    queueing--;
  }

  /** To be called now and then. */
  synchronized void look() {
    complete |= isDone();
  }

  /** Whether it was done once since {@link #begin}. */
  synchronized boolean isComplete() {
    look();
    return complete;
  }

  /** Whether it is done at this moment. */
  synchronized boolean isDone() {
    return queueing == 0 && isListed() && queue.length() == 0 && dispatcher.running() == 0;
  }

  /** Whether every list that can be had was had, and its keys were queued. */
  boolean isListed() {
    return mirrors.pairs().stream().allMatch(this::isReady);
  }

  /** Whether a pair is not to be announced first, which queues its keys. */
  boolean isReady(TypeMirrors.Pair pair) {
    return mirrors.isAnnounced(pair) || isBarred(pair);
  }

  private static boolean isBarred(TypeMirrors.Pair pair) {
    return pair.both().stream().anyMatch(Survey::isBarred);
  }

  private static boolean isBarred(Mirror mirror) {
    return mirror.state() == Mirror.State.FORBIDDEN || mirror.state() == Mirror.State.NOT_SERVED;
  }
}
