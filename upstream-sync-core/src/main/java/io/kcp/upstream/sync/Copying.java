package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.Optional;

/** Makes or changes the copy of a selected object, looking at it live. */
final class Copying {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int TRIES = 3;
  private static final Finding VANISHED =
      Finding.pending(
          "ManyCopiesVanished",
          "many copies vanished upstream at once: it is made again if the workspace is still there"
              + " in a moment");

  private final SyncScope scope;
  private final boolean dry;
  private final Forms forms;
  private final Creation creation;
  private final MainWrite mainWrite;
  private final StatusWrite statusWrite;
  private final Deletion deletion;
  private final Strangers strangers;

  Copying(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.dry = writer.isDry();
    this.forms = new Forms(scope.managers());
    this.creation = new Creation(scope, writer);
    this.mainWrite = new MainWrite(writer, scope.managers().main(), new Decisions(scope, writer));
    this.statusWrite = new StatusWrite(scope, writer, forms);
    this.deletion = new Deletion(scope, writer);
    this.strangers = new Strangers(scope, writer);
  }

  /** Of what is refused, that is tried without what we say on it ourselves. */
  Outcome run(Task task) throws InterruptedException {
    Outcome outcome = attempt(task);
    if (!(outcome instanceof Outcome.Settled) || outcome.finding().verdict() != Verdict.FAILED) {
      return outcome;
    }
    Optional<Desired> less = scope.additions().withoutWords(task.desired());
    if (less.isEmpty()) {
      return outcome;
    }
    Optional<Pairs.Pair> first = scope.memory().pairs().find(task.key());
    Outcome second = attempt(new Task(task.item(), less.get(), forms.desired(less.get())));
    if (second.finding().verdict() != Verdict.SYNCED) {
      first.ifPresent(pair -> scope.memory().pairs().learn(task.key(), pair));
      return outcome;
    }
    scope.additions().wordsRefused(task.key());
    return second;
  }

  private Outcome attempt(Task task) throws InterruptedException {
    boolean there = task.item().copyEntry().isPresent() || isTaken(task.key());
    for (int i = 0; i < TRIES; i++) {
      Optional<Outcome> outcome = there ? change(task) : make(task);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      there = !there || isThere(task);
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

  private boolean isThere(Task task) throws InterruptedException {
    return live(task).isPresent();
  }

  private Optional<ObjectTree> live(Task task) throws InterruptedException {
    return Reads.find(
        scope.clusters().workspace(),
        task.item().type().upstream(),
        task.item().upstream().namespace(),
        task.item().upstream().name());
  }

  /** Empty when there is a copy, or anything else of that name, by now. */
  private Optional<Outcome> make(Task task) throws InterruptedException {
    boolean restored = wasThere(task.key());
    Optional<Duration> wait =
        restored ? scope.memory().restoring().waits(task.key()) : Optional.empty();
    if (wait.isPresent()) {
      return Optional.of(Outcome.retryAfter(VANISHED, wait.get()));
    }
    ObjectTree body = scope.conflicts().toCreate(task.desired());
    Creation.Result result;
    try {
      result = creation.run(task.item(), body);
    } catch (RequestException e) {
      return Optional.of(failed(task, Forms.ABSENT, e));
    }
    if (result.made().isEmpty()) {
      return result.outcome();
    }
    Outcome outcome = finish(task, result.made().get(), Standing.PLAIN, false);
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
    Optional<ObjectTree> live = live(task);
    if (live.isEmpty()) {
      return Optional.empty();
    }
    Optional<Outcome> keep = leftAlone(task, live.get());
    if (keep.isPresent()) {
      return keep;
    }
    try {
      return Optional.of(bring(task, live.get()));
    } catch (UnreadConflictException e) {
      return Optional.of(
          Outcome.settled(Finding.failed("ConflictNotUnderstood", String.valueOf(e.getMessage()))));
    } catch (RequestException e) {
      return refused(task, live.get(), e);
    }
  }

  private Optional<Outcome> leftAlone(Task task, ObjectTree live) throws InterruptedException {
    Optional<Outcome> foreign = strangers.leftAlone(task, live);
    if (foreign.isPresent()) {
      return foreign;
    }
    if (Mark.isBeingDeleted(live)) {
      return Optional.of(Deletion.beingDeleted(live));
    }
    if (Mark.isFrozen(live)) {
      return Optional.of(Outcome.settled(Deletion.frozen()));
    }
    return isOlder(task, live)
        ? Optional.of(
            Outcome.retryAfter(
                Finding.pending("MirrorBehind", "the copy is of a newer physical version"), SOON))
        : Optional.empty();
  }

  /** Whether the copy was made from a later state than the one at hand. */
  private boolean isOlder(Task task, ObjectTree live) throws InterruptedException {
    Desired desired = task.desired();
    if (!Ages.isOlder(desired, live)) {
      return false;
    }
    // Versions may have gone back in the cluster itself; the mirror then had a person's word.
    Optional<ObjectTree> now =
        Reads.find(
            scope.clusters().physical(),
            task.item().type().physical(),
            task.key().namespace(),
            task.key().name());
    return now.filter(physical -> Mark.version(physical).equals(desired.physicalVersion()))
        .isEmpty();
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

  private Outcome bring(Task task, ObjectTree live) throws InterruptedException {
    Digest now = forms.upstream(live, task.item().schema(), watched(task));
    if (scope.memory().pairs().find(task.key()).isEmpty() && now.equals(task.form())) {
      return equal(task, live);
    }
    boolean untouched =
        scope.memory().pairs().find(task.key()).filter(p -> p.upstream().equals(now)).isPresent();
    boolean tryFirst = !isKnown(task.key());
    MainWrite.Result result = mainWrite.run(task, live, untouched, tryFirst);
    String before = Mark.physicalUid(live);
    if (!dry && !before.equals(task.desired().physicalUid())) {
      scope.memory().uids().remove(before); // it is another object's copy now
    }
    return finish(task, result.live(), Standing.of(result.answer(), scope.clock()), tryFirst);
  }

  private FieldSet watched(Task task) {
    return scope.memory().pairs().watched(task.key());
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
    boolean whole = standing.watched().isEmpty();
    StatusWrite.Result status =
        statusWrite.run(new StatusWrite.Task(task.item(), task.desired(), live, whole, tryFirst));
    Standing all = standing.with(status.foreign());
    learn(task, status.live(), all);
    scope.memory().uids().put(task.desired().physicalUid(), Mark.uid(status.live()));
    if (!dry) {
      scope.memory().written().wrote(task.key(), status.live());
    }
    return all.outcome();
  }

  private void learn(Task task, ObjectTree live, Standing standing) {
    Digest form = forms.upstream(live, task.item().schema(), standing.watched());
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
  private Optional<Outcome> refused(Task task, ObjectTree live, RequestException e)
      throws InterruptedException {
    if (e.code() == 409) {
      return Optional.empty();
    }
    String made = Mark.physicalUid(live);
    boolean recreated = !made.isEmpty() && !made.equals(task.desired().physicalUid());
    if (e.code() == 422 && recreated) {
      return Optional.of(deletion.run(task.item()));
    }
    return Optional.of(failed(task, forms.upstream(live, task.item().schema(), FieldSet.of()), e));
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
