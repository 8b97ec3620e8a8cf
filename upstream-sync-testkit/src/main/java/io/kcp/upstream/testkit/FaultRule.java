package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fault in force. A request that it meets is claimed; the claim ends as a hit, or is given back
 * where there was nothing to harm (a body too short to be cut). Guarded by {@code this}; actions
 * run outside of it.
 */
final class FaultRule implements Faults.Fault {
  /** Requests before the first that it may claim, and how many it may. */
  record Bounds(int from, int times) {}

  /** Which requests it meets, as told to people. */
  record Target(String text, Selection selection) {}

  /** Decides what happens to a request, if it is met at all. */
  @FunctionalInterface
  interface Selection {
    @Nullable Harm harm(HttpRequest request, Asked asked);
  }

  private final Target target;
  private final Bounds bounds;
  private final List<Runnable> whenLifted = new ArrayList<>();
  private long met;
  private long claimed;
  private int hits;
  private boolean optional;
  private boolean lifted;

  FaultRule(Target target, Bounds bounds) {
    this.target = target;
    this.bounds = bounds;
  }

  /** One request that the fault acts on. */
  final class Claim {
    private final Harm harm;
    private boolean ended;

    private Claim(Harm harm) {
      this.harm = harm;
    }

    Harm harm() {
      return harm;
    }

    /** Harm was done. */
    void hit() {
      synchronized (FaultRule.this) {
        if (!ended) {
          ended = true;
          hits++;
        }
      }
    }

    /** There was nothing to harm. Does nothing after a hit. */
    void miss() {
      synchronized (FaultRule.this) {
        if (!ended) {
          ended = true;
          claimed--;
        }
      }
    }

    /** Runs the action when the fault is lifted, at once if it is. */
    void whenLifted(Runnable action) {
      synchronized (FaultRule.this) {
        if (!lifted) {
          whenLifted.add(action);
          return;
        }
      }
      action.run();
    }
  }

  /**
   * Counts a request that matches, and claims it.
   *
   * @param free whether no older fault acts on the request
   */
  @Nullable Claim claim(HttpRequest request, Asked asked, boolean free) {
    synchronized (this) {
      if (lifted) {
        return null;
      }
    }
    Harm harm = target.selection().harm(request, asked);
    synchronized (this) {
      if (harm == null || lifted || ++met < bounds.from() || claimed >= bounds.times() || !free) {
        return null;
      }
      claimed++;
      return new Claim(harm);
    }
  }

  @Override
  public synchronized int hits() {
    return hits;
  }

  @Override
  public synchronized Faults.Fault optional() {
    optional = true;
    return this;
  }

  @Override
  public void lift() {
    List<Runnable> actions;
    synchronized (this) {
      lifted = true;
      actions = List.copyOf(whenLifted);
      whenLifted.clear();
    }
    actions.forEach(Runnable::run);
  }

  synchronized boolean isOverdue() {
    return hits == 0 && !optional;
  }

  boolean isRandom() {
    return target.selection() instanceof RandomHarm;
  }

  @Override
  public String toString() {
    return target.text();
  }
}
