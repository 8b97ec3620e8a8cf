package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.Resolution;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.Digest;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.RequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings an existing copy, its status left out, to its desired form by server-side apply. */
final class MainWrite {
  private static final List<String> BOOKKEEPING =
      List.of(
          SyncKeys.PHYSICAL_VERSION,
          SyncKeys.BASE,
          SyncKeys.WORKSPACE,
          SyncKeys.YIELDED,
          SyncKeys.SETTLED);

  private static final FieldPath RESOLVE =
      FieldPath.of("metadata", "annotations", SyncKeys.RESOLVE);
  private static final FieldSet PERSONS_WORD = FieldSet.of(RESOLVE);

  private final Writer writer;
  private final String manager;
  private final Decisions decisions;
  private final Removal removal;

  MainWrite(Writer writer, String manager, Decisions decisions) {
    this.writer = writer;
    this.manager = manager;
    this.decisions = decisions;
    this.removal = new Removal(writer, manager);
  }

  /**
   * @param live as it is afterwards
   */
  record Result(ObjectTree live, Resolution answer) {}

  /**
   * @param untouched see {@link Decisions#resolve}
   * @param tryFirst whether the server is asked what would change before anything is
   */
  Result run(Task task, Look look, boolean untouched, boolean tryFirst)
      throws InterruptedException {
    ObjectTree seen = look.live();
    Resolution answer = decisions.resolve(task.desired(), seen, untouched, Refusals.NONE);
    if (isThere(task, answer, seen, look.parts().object())) {
      decisions.decided(task.key(), answer);
      return new Result(seen, answer);
    }
    ObjectTree live = asApplied(task, seen);
    if (tryFirst && wouldChangeNothing(task, answer, live)) {
      decisions.decided(task.key(), answer);
      return new Result(live, answer);
    }
    try {
      return written(task, answer, live, Refusals.NONE);
    } catch (RequestException e) {
      if (!Conflicts.isAboutFields(e) || look.remembered()) { // decided on what is, only
        throw e;
      }
      FieldSet sent = FieldSets.of(answer.toApply(), task.item().schema());
      Set<String> unknown = Conflicts.unknown(e, sent);
      if (!unknown.isEmpty()) {
        throw new UnreadConflictException(unknown);
      }
      return again(task, live, Refusals.held(refused(e, sent)));
    }
  }

  private Map<FieldPath, Set<String>> refused(RequestException e, FieldSet sent) {
    Map<FieldPath, Set<String>> refused = Conflicts.managers(e, sent);
    if (writer.isDry()) { // the entry of our POST was not rewritten in truth
      refused.values().forEach(managers -> managers.remove(manager));
      refused.values().removeIf(Set::isEmpty);
    }
    return refused;
  }

  /** What was refused has been decided on: that body is applied. */
  private Result again(Task task, ObjectTree live, Refusals refusals) throws InterruptedException {
    Resolution answer = decisions.resolve(task.desired(), live, false, refusals);
    if (isThere(task, answer, live, own(task, live))) {
      decisions.decided(task.key(), answer);
      return new Result(live, answer);
    }
    return written(task, answer, live, refusals);
  }

  /**
   * An entry that our POST left would stand against our own applies: it becomes one of an apply.
   */
  private ObjectTree asApplied(Task task, ObjectTree live) throws InterruptedException {
    Optional<FieldSet> posted =
        ours(task, live)
            .filter(owned -> owned.operation() == Owned.Operation.UPDATE)
            .map(Owned::fields);
    ResourceType type = task.item().type().upstream();
    return posted.isEmpty()
        ? live
        : writer.patch(type, live, ManagedFields.asApplied(live, manager, posted.get()), manager);
  }

  private Optional<Owned> ours(Task task, ObjectTree live) {
    return OwnedFields.of(live, manager, task.item().schema());
  }

  private Digest own(Task task, ObjectTree live) {
    return ours(task, live)
        .map(own -> Canonical.ownedDigest(live, own.fields(), task.item().schema()))
        .orElse(Forms.NOTHING);
  }

  private static boolean isThere(Task task, Resolution answer, ObjectTree live, Digest own) {
    return answer.toRemove().isEmpty()
        && notes(answer.toApply()).equals(notes(live))
        && task.digest(answer.toApply()).equals(own);
  }

  /** A new or withdrawn decision is a reason to write, though its annotations are no content. */
  private static List<String> notes(ObjectTree object) {
    Map<String, String> annotations = object.annotations();
    return List.of(
        annotations.getOrDefault(SyncKeys.YIELDED, ""),
        annotations.getOrDefault(SyncKeys.SETTLED, ""));
  }

  static boolean isBookkeeping(FieldPath field) {
    return BOOKKEEPING.stream()
        .anyMatch(key -> field.equals(FieldPath.of("metadata", "annotations", key)));
  }

  /** A server that normalises what it is sent shows so here, once in a process. */
  private boolean wouldChangeNothing(Task task, Resolution answer, ObjectTree live)
      throws InterruptedException {
    if (!answer.toRemove().isEmpty()
        || !notes(answer.toApply()).equals(notes(live))
        || !emptied(task, answer, live).isEmpty()) {
      return false;
    }
    ObjectTree body = answer.toApply();
    for (String key : BOOKKEEPING) {
      String path = FieldPath.of("metadata", "annotations", key).toString();
      Optional<String> value = Optional.ofNullable(live.annotations().get(key));
      ObjectTree before = body;
      body = value.map(text -> before.with(path, text)).orElseGet(() -> before.without(path));
    }
    Write write = Write.of(task.item().type().upstream(), body, live, manager);
    try {
      return Sameness.same(writer.tryOut(answer.force() ? write.forced() : write), live);
    } catch (RequestException e) {
      if (Conflicts.isAboutFields(e) || Refusals.mayBeForValues(e, answer)) {
        return false; // the write itself will meet it, and have it decided
      }
      throw e;
    }
  }

  private Result written(Task task, Resolution answer, ObjectTree live, Refusals refusals)
      throws InterruptedException {
    try {
      return written(task, answer, live);
    } catch (RequestException e) {
      if (!Refusals.mayBeForValues(e, answer)) {
        throw e;
      }
      return again(task, live, refusals.andValuesOf(answer));
    }
  }

  private static FieldSet decidedToGo(Resolution answer) {
    return answer.toRemove().minus(PERSONS_WORD);
  }

  private Result written(Task task, Resolution answer, ObjectTree live)
      throws InterruptedException {
    ResourceType type = task.item().type().upstream();
    ObjectTree rid = removal.run(type, live, () -> ours(task, live), decidedToGo(answer));
    ObjectTree applied = applied(task, answer, rid);
    decisions.carriedOut(answer);
    // Last, so that a person's word is not lost when this process ends here.
    boolean heard = answer.toRemove().contains(RESOLVE);
    return new Result(
        heard ? removal.run(type, applied, () -> ours(task, applied), PERSONS_WORD) : applied,
        answer);
  }

  /**
   * A map that is to be empty is emptied by an apply without it: a server makes null, which custom
   * resources can't hold, of one that is applied empty while we own a part of it.
   */
  private ObjectTree applied(Task task, Resolution answer, ObjectTree live)
      throws InterruptedException {
    ResourceType type = task.item().type().upstream();
    FieldSet emptied = emptied(task, answer, live);
    if (emptied.isEmpty()) {
      return sent(task, answer, answer.toApply(), live);
    }
    ObjectTree without = FieldSets.without(answer.toApply(), emptied);
    return apply(type, answer, answer.toApply(), sent(task, answer, without, live));
  }

  private FieldSet emptied(Task task, Resolution answer, ObjectTree live) {
    return Emptied.of(answer.toApply(), ours(task, live).map(Owned::fields));
  }

  /**
   * A decision is remembered also where the answer is lost, as it is not asked for again when it is
   * upstream; it is not where nothing was written.
   */
  private ObjectTree sent(Task task, Resolution answer, ObjectTree body, ObjectTree live)
      throws InterruptedException {
    try {
      ObjectTree applied = apply(task.item().type().upstream(), answer, body, live);
      decisions.decided(task.key(), answer);
      return applied;
    } catch (RequestException e) {
      if (e.code() == 0 || e.code() >= 500) {
        decisions.decided(task.key(), answer);
      } else if (e.code() == 409 && !Conflicts.isAboutFields(e)) {
        decisions.refused(task.key(), answer);
      }
      throw e;
    }
  }

  private ObjectTree apply(ResourceType type, Resolution answer, ObjectTree body, ObjectTree live)
      throws InterruptedException {
    Write write = Write.of(type, body, live, manager);
    return writer.apply(answer.force() ? write.forced() : write);
  }
}
