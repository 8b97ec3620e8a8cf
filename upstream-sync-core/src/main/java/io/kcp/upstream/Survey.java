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
  private volatile boolean complete;

  Survey(TypeMirrors mirrors, KeyQueue queue, Dispatcher dispatcher) {
    this.mirrors = mirrors;
    this.queue = queue;
    this.dispatcher = dispatcher;
  }

  /** All keys are about to be queued. */
  void begin() {
    complete = false;
  }

  /** To be called now and then. */
  void look() {
    complete |= isDone();
  }

  /** Whether it was done once since {@link #begin}. */
  boolean isComplete() {
    look();
    return complete;
  }

  /** Whether it is done at this moment. */
  boolean isDone() {
    return isListed() && queue.length() == 0 && dispatcher.running() == 0;
  }

  /** Whether every list that can be had was had, and its keys were queued. */
  boolean isListed() {
    return mirrors.pairs().stream().allMatch(pair -> mirrors.isAnnounced(pair) || isBarred(pair));
  }

  private static boolean isBarred(TypeMirrors.Pair pair) {
    return pair.both().stream().anyMatch(Survey::isBarred);
  }

  private static boolean isBarred(Mirror mirror) {
    return mirror.state() == Mirror.State.FORBIDDEN || mirror.state() == Mirror.State.NOT_SERVED;
  }
}
