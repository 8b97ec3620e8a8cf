package io.kcp.upstream.sync;

import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Digest;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.Optional;

/** Makes or changes the copy of a selected object, looking at it live. */
final class Copying {
  private static final int TRIES = 3;
  private static final Finding VANISHED =
      Finding.pending(
          "ManyCopiesVanished",
          "many copies vanished upstream at once: it is made again if the workspace is still there"
              + " in a moment");

  private final SyncScope scope;
  private final boolean dry;
  private final Forms forms;
  private final Looks looks;
  private final Creation creation;
  private final MainWrite mainWrite;
  private final StatusWrite statusWrite;
  private final Deletion deletion;
  private final Restraint restraint;
  private final Wording wording;

  Copying(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.dry = writer.isDry();
    this.forms = new Forms(scope.managers());
    this.looks = new Looks(scope, dry, forms);
    this.creation = new Creation(scope, writer);
    this.mainWrite = new MainWrite(writer, scope.managers().main(), new Decisions(scope, writer));
    this.statusWrite = new StatusWrite(scope, writer);
    this.deletion = new Deletion(scope, writer);
    this.restraint = new Restraint(scope, writer);
    this.wording = new Wording(scope.additions(), forms);
  }

  Outcome run(Task task) throws InterruptedException {
    boolean there = task.item().copyEntry().isPresent() || isTaken(task.key());
    for (int i = 0; i < TRIES; i++) {
      Optional<Outcome> outcome = there ? change(task) : make(task);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      there = !there || looks.isThere(task);
    }
    return Outcome.retry(
        Finding.pending(
            "ChangedMeanwhile", "the copy changed each time it was about to be written"));
  }

  /** Whether somebody else's object was met there before: it is looked for, not run into again. */
  private boolean isTaken(WorkKey key) {
    return scope
        .memory()
        .ledger()
        .find(key)
        .filter(entry -> entry.finding().verdict() == Verdict.SKIPPED)
        .isPresent();
  }

  /** Empty when there is a copy, or anything else of that name, by now. */
  private Optional<Outcome> make(Task task) throws InterruptedException {
    boolean restored = wasThere(task.key());
    Optional<Duration> wait =
        restored ? scope.memory().restoring().waits(task.key()) : Optional.empty();
    if (wait.isPresent()) {
      return Optional.of(Outcome.retryAfter(VANISHED, wait.get()));
    }
    Wording.Sent<Creation.Result> sent;
    try {
      sent =
          wording.send(
              task, each -> creation.run(each.item(), scope.conflicts().toCreate(each.desired())));
    } catch (RequestException e) {
      return Optional.of(failed(task, Forms.ABSENT, e));
    }
    Creation.Result result = sent.answer();
    if (result.made().isEmpty()) {
      return result.outcome();
    }
    Outcome outcome = finish(sent.task(), result.made().get(), Standing.PLAIN, false);
    return Optional.of(restored ? Outcome.settled(Finding.RESTORED) : outcome);
  }

  /** Whether there was a copy, so that its absence is somebody's doing. */
  private boolean wasThere(WorkKey key) {
    return scope
        .memory()
        .ledger()
        .find(key)
        .map(Ledger.Entry::finding)
        .filter(before -> before.verdict() == Verdict.SYNCED || before.equals(VANISHED))
        .isPresent();
  }

  /** Empty when it has to be looked at again: it went, or changed meanwhile. */
  private Optional<Outcome> change(Task task) throws InterruptedException {
    Optional<Look> remembered = looks.remembered(task);
    if (remembered.isPresent()) {
      Optional<Outcome> outcome = change(task, remembered.get());
      if (outcome.isPresent()) {
        return outcome;
      }
    }
    Optional<Look> live = looks.live(task);
    return live.isPresent() ? change(task, live.get()) : Optional.empty();
  }

  private Optional<Outcome> change(Task task, Look look) throws InterruptedException {
    Optional<Outcome> keep = restraint.leftAlone(task, look.live());
    if (keep.isPresent()) {
      return look.remembered() ? Optional.empty() : keep;
    }
    try {
      return Optional.of(bring(task, look));
    } catch (UnreadConflictException e) {
      return Optional.of(
          Outcome.settled(Finding.failed("ConflictNotUnderstood", String.valueOf(e.getMessage()))));
    } catch (RequestException e) {
      return looks.isOutdated(task, look, e) ? Optional.empty() : refused(task, look, e);
    }
  }

  /** Where the mirror kept nothing of the copy, what was read live may be all there is to know. */
  private Outcome equal(Task task, ObjectTree live) {
    scope.memory().pairs().learn(task.key(), Pairs.equal(task.form()));
    scope.memory().uids().put(task.desired().physicalUid(), Mark.uid(live));
    task.item()
        .copyEntry()
        .filter(entry -> !dry && entry.resourceVersion().equals(Mark.version(live)))
        .ifPresent(entry -> entry.digested(task.form()));
    return Outcome.settled(Finding.SYNCED);
  }

  private Outcome bring(Task task, Look look) throws InterruptedException {
    Digest now = look.parts().whole();
    Optional<Pairs.Pair> pair = scope.memory().pairs().find(task.key());
    if (pair.isEmpty() && now.equals(task.form())) {
      return equal(task, look.live());
    }
    boolean untouched = pair.filter(p -> p.upstream().equals(now)).isPresent();
    boolean tryFirst = !isKnown(task.key());
    Wording.Sent<MainWrite.Result> sent =
        wording.send(task, each -> mainWrite.run(each, look, untouched, tryFirst));
    MainWrite.Result result = sent.answer();
    String before = Mark.physicalUid(look.live());
    if (!dry && !before.equals(task.desired().physicalUid())) {
      scope.memory().uids().remove(before); // it is another object's copy now
    }
    return finish(
        sent.task(), result.live(), Standing.of(result.answer(), scope.clock()), tryFirst);
  }

  /** Whether the pair was in sync in this process: what differs now is a change. */
  private boolean isKnown(WorkKey key) {
    return scope
        .memory()
        .pairs()
        .find(key)
        .filter(pair -> pair.finding().verdict() != Verdict.FAILED)
        .isPresent();
  }

  /** The status comes last, as its generations depend on the rest. */
  private Outcome finish(Task task, ObjectTree live, Standing standing, boolean tryFirst)
      throws InterruptedException {
    Forms.Parts parts = forms.upstream(live, task.item().schema(), standing.watched());
    boolean whole = standing.watched().isEmpty();
    StatusWrite.Result status =
        statusWrite.run(new StatusWrite.Job(task, parts.status(), live, whole, tryFirst));
    Standing all = standing.with(status.foreign());
    if (!status.live().equals(live) || !status.foreign().isEmpty()) {
      parts = forms.upstream(status.live(), task.item().schema(), all.watched());
    }
    learn(task, status.live(), parts.whole(), all);
    scope.memory().uids().put(task.desired().physicalUid(), Mark.uid(status.live()));
    if (!dry) {
      wrote(task.item(), status.live(), parts.whole());
    }
    return all.outcome();
  }

  private void wrote(Item item, ObjectTree live, Digest form) {
    String entry = item.copyEntry().map(MirrorEntry::resourceVersion).orElse("0");
    scope
        .memory()
        .written()
        .wrote(item.key(), live, form, item.copyMirror().lastSyncResourceVersion(), entry);
  }

  private void learn(Task task, ObjectTree live, Digest form, Standing standing) {
    scope
        .memory()
        .pairs()
        .learn(
            task.key(), new Pairs.Pair(task.form(), form, standing.watched(), standing.finding()));
    task.item()
        .copyEntry()
        .filter(entry -> !dry && entry.resourceVersion().equals(Mark.version(live)))
        .ifPresent(entry -> entry.digested(form));
  }

  /** Empty when it has to be looked at again. */
  private Optional<Outcome> refused(Task task, Look look, RequestException e)
      throws InterruptedException {
    if (e.code() == 409) {
      return Optional.empty();
    }
    String made = Mark.physicalUid(look.live());
    boolean recreated = !made.isEmpty() && !made.equals(task.desired().physicalUid());
    if (e.code() == 422 && recreated) {
      return Optional.of(deletion.run(task.item()));
    }
    return Optional.of(failed(task, formOf(task, look.live()), e));
  }

  private Digest formOf(Task task, ObjectTree live) {
    return forms.upstream(live, task.item().schema(), FieldSet.of()).whole();
  }

  /** What can't succeed is not sent again until one of the two sides changes. */
  private Outcome failed(Task task, Digest upstream, RequestException e) {
    Outcome outcome = Failures.outcome(e, task.item().isSensitive());
    if (Failures.isTerminal(e)) {
      scope
          .memory()
          .pairs()
          .learn(
              task.key(), new Pairs.Pair(task.form(), upstream, FieldSet.of(), outcome.finding()));
    }
    return outcome;
  }
}
