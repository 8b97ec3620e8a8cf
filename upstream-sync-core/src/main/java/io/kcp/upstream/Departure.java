package io.kcp.upstream;

import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.sync.Cleanup;
import io.kcp.upstream.sync.SyncScope;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SyncTarget that a person deleted: its copies are deleted or let go, as its policy says, and
 * then our finalizer goes, and it with it. Needs nothing of the physical cluster. Used by the
 * control's thread.
 */
final class Departure {
  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
  private static final Duration WORK_ENDS = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofMillis(400);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * What it works with.
   *
   * @param idle whether no copy is being worked on any more
   */
  record Tools(
      Situation situation, Scopes scopes, TargetFinalizer finalizer, BooleanSupplier idle) {}

  private final Tools tools;
  private @Nullable Selection asked;
  private @Nullable Cleanup cleanup;
  private Duration wait = SOON;
  private int left = -1;

  Departure(Tools tools) {
    this.tools = tools;
  }

  static boolean isAskedFor(ObjectTree target) {
    return target.string("metadata.deletionTimestamp").isPresent();
  }

  /** Everything begins anew: what was deleted is another SyncTarget than the one now. */
  void reset() {
    asked = null;
    cleanup = null;
    wait = SOON;
    left = -1;
  }

  /**
   * One round; returns when the next is due, empty when nothing is left to do. Throws {@link
   * io.kcp.upstream.wire.RequestException}.
   */
  Optional<Duration> step(ObjectTree target, Selection selection, BooleanSupplier stopped)
      throws InterruptedException {
    if (!selection.active()) {
      return dismissed(
          target, "the SyncTarget was deleted while it had no spec.upstreamSync: its copies stay");
    }
    if (!tools.idle().getAsBoolean()) {
      return Optional.of(WORK_ENDS);
    }
    Cleanup.Round round = cleanup(target, selection).round(stopped);
    if (round.left() == 0) {
      return dismissed(target, "the SyncTarget was deleted, and no copy of it is left");
    }
    tools
        .situation()
        .rest(
            new Trouble(
                "BeingDeleted",
                "the SyncTarget is being deleted; %d copies are left: %s"
                    .formatted(round.left(), String.join("; ", round.examples()))));
    return Optional.of(pace(round));
  }

  private Duration pace(Cleanup.Round round) {
    boolean moves = round.left() != left || (round.soon() && wait.compareTo(SOON) <= 0);
    left = round.left();
    wait = moves ? SOON : wait.multipliedBy(2);
    wait = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    return wait;
  }

  private Cleanup cleanup(ObjectTree target, Selection selection) {
    if (cleanup == null || asked != selection) {
      LOG.info(
          "SyncTarget {}: it is being deleted; its copies are {}",
          target.name(),
          selection.deletion().orphan() ? "let go" : "deleted");
      cleanup = new Cleanup(scope(target, selection), FormerTypes.named(target));
      asked = selection;
    }
    return cleanup;
  }

  private SyncScope scope(ObjectTree target, Selection selection) {
    TypeFinder.Found nothing = TypeFinder.Found.nothing();
    long generation = target.integer("metadata.generation").orElse(0);
    return tools
        .scopes()
        .make(new Scopes.For(generation, target, selection, nothing, true))
        .scope();
  }

  private Optional<Duration> dismissed(ObjectTree target, String why) throws InterruptedException {
    tools.situation().rest(new Trouble("Deleted", why));
    tools.finalizer().take(target);
    return Optional.empty();
  }
}
