package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects upstream that have a copy's name and not our mark. */
final class Strangers {
  private static final Duration LATER = Duration.ofMinutes(1);

  private final SyncScope scope;
  private final Writer writer;
  private final Mark mark;

  Strangers(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.writer = writer;
    this.mark = new Mark(scope.targetKey().label());
  }

  /** Empty for our own objects, and for one that the SyncTarget lets us take over. */
  Optional<Outcome> leftAlone(Task task, ObjectTree live) throws InterruptedException {
    if (mark.isOn(live) || isOfFormerWorkspace(task, live)) {
      return Optional.empty();
    }
    boolean adopted =
        switch (scope.selection().adoptionPolicy()) {
          case NEVER -> false;
          case IF_EQUAL -> isEqual(task, live);
          case ALWAYS -> true;
        };
    if (!adopted || isAnothers(live)) {
      return Optional.of(Outcome.retryAfter(collision(task), LATER));
    }
    writer.adopts();
    return Optional.empty();
  }

  private static Finding collision(Task task) {
    return Finding.skipped(
        "NameCollision",
        "%s is there without our mark: it is left alone; delete it there, or set spec.upstreamSync.adoptionPolicy"
            .formatted(task.item().upstream()));
  }

  /**
   * Whether a syncer of this SyncTarget wrote the mark for the workspace that had this path before:
   * a request that is on its way while a workspace is made anew lands in the next one.
   */
  private boolean isOfFormerWorkspace(Task task, ObjectTree live) {
    return OwnedFields.of(live, scope.managers().main(), task.item().schema())
        .filter(
            own ->
                marks(live)
                    .map(label -> FieldPath.of("metadata", "labels", label))
                    .anyMatch(own.fields()::contains))
        .isPresent();
  }

  /** Another SyncTarget's copy is never taken over. */
  private static boolean isAnothers(ObjectTree live) {
    return marks(live).findAny().isPresent();
  }

  private static Stream<String> marks(ObjectTree live) {
    return live.labels().keySet().stream()
        .filter(label -> label.startsWith(SyncKeys.STATE_LABEL_PREFIX));
  }

  /** Whether an apply would change nothing but our own keys. */
  private boolean isEqual(Task task, ObjectTree live) throws InterruptedException {
    Write write =
        Write.of(
            task.item().type().upstream(), task.desired().object(), live, scope.managers().main());
    try {
      return content(writer.tryOut(write)).equals(content(live));
    } catch (RequestException e) {
      if (Conflicts.isAboutFields(e)) {
        return false;
      }
      throw e;
    }
  }

  private ObjectTree content(ObjectTree object) {
    ObjectTree rest = Sameness.content(object);
    for (FieldPath path : Orphaning.ours(mark)) {
      rest = rest.without(path.toString());
    }
    return Sameness.withoutEmpty(rest, "metadata.labels", "metadata.annotations");
  }
}
