package io.kcp.upstream.sync;

import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.RequestException;
import java.util.Optional;

/** Looks at copies that are to be changed. */
final class Looks {
  private final SyncScope scope;
  private final boolean dry;
  private final Forms forms;

  Looks(SyncScope scope, boolean dry, Forms forms) {
    this.scope = scope;
    this.dry = dry;
    this.forms = forms;
  }

  /**
   * As the mirror still has it, if nothing is to be decided on it: it is as our last write left it.
   * A write that is based on it carries its version, and is refused where it is outdated.
   */
  Optional<Look> remembered(Task task) {
    if (dry) {
      return Optional.empty();
    }
    return scope
        .memory()
        .pairs()
        .find(task.key())
        .filter(pair -> pair.watched().isEmpty() && pair.finding().equals(Finding.SYNCED))
        .flatMap(
            pair ->
                task.item()
                    .copyEntry()
                    .filter(entry -> pair.upstream().equals(entry.digest()))
                    .flatMap(MirrorEntry::content))
        .map(copy -> look(task, copy, true));
  }

  /** As it is now; empty where there is none. */
  Optional<Look> live(Task task) throws InterruptedException {
    return read(task).map(copy -> look(task, copy, false));
  }

  boolean isThere(Task task) throws InterruptedException {
    return read(task).isPresent();
  }

  /** Whether a write was refused that was based on what is no more. */
  boolean isOutdated(Task task, Look look, RequestException refusal) throws InterruptedException {
    if (!look.remembered() || refusal.code() != 422) { // a patch is refused so for another UID
      return look.remembered() && refusal.code() == 409;
    }
    return read(task).filter(now -> Mark.version(now).equals(Mark.version(look.live()))).isEmpty();
  }

  private Optional<ObjectTree> read(Task task) throws InterruptedException {
    return Reads.find(
        scope.clusters().workspace(),
        task.item().type().upstream(),
        task.item().upstream().namespace(),
        task.item().upstream().name());
  }

  private Look look(Task task, ObjectTree copy, boolean remembered) {
    var watched = scope.memory().pairs().watched(task.key());
    return new Look(copy, forms.upstream(copy, task.item().schema(), watched), remembered);
  }
}
