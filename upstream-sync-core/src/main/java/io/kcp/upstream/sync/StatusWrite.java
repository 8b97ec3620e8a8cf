package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.wire.RequestException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Mirrors the status, by a manager of its own. */
final class StatusWrite {
  /** Their status steers the server itself, or is its own finding. */
  private static final Set<GroupResource> SERVERS_OWN =
      Set.of(
          GroupResource.parse("namespaces"),
          GroupResource.parse("customresourcedefinitions.apiextensions.k8s.io"),
          GroupResource.parse("apiservices.apiregistration.k8s.io"));

  private static final int INVALID = 422;

  private final Writer writer;
  private final FieldManagers managers;
  private final Forms forms;
  private final Additions additions;

  StatusWrite(SyncScope scope, Writer writer, Forms forms) {
    this.additions = scope.additions();
    this.managers = scope.managers();
    this.writer = writer;
    this.forms = forms;
  }

  /**
   * @param live the copy as it is now
   * @param whole whether it is all that the physical object says, no field left to somebody
   * @param tryFirst whether the server is asked what would change before anything is
   */
  record Task(Item item, Desired desired, ObjectTree live, boolean whole, boolean tryFirst) {}

  /**
   * @param foreign fields that another manager holds: left as they are
   */
  record Result(ObjectTree live, FieldSet foreign) {}

  /** What there is to mirror; empty where there is nothing. */
  static Optional<ObjectTree> mirrored(Desired desired) {
    return desired
        .status()
        .filter(status -> desired.type().upstream().hasStatus())
        .filter(status -> !SERVERS_OWN.contains(desired.type().resource()))
        .filter(status -> status.tree("status").filter(s -> !s.asMap().isEmpty()).isPresent());
  }

  Result run(Task task) throws InterruptedException {
    Optional<ObjectTree> status = mirrored(task.desired());
    if (status.isEmpty() || isEqual(task, status.get())) {
      return new Result(task.live(), FieldSet.of());
    }
    OptionalLong generation = task.live().integer("metadata.generation");
    ObjectTree marked = Forms.marked(task.desired(), status.get());
    ObjectTree numbered = Generations.numbered(marked, generation, task.whole());
    return writeWhatIsTaken(task, body(task.live(), numbered));
  }

  /** What the physical cluster says must arrive, also where what we add to it is refused. */
  private Result writeWhatIsTaken(Task task, ObjectTree body) throws InterruptedException {
    try {
      return write(task, body);
    } catch (RequestException e) {
      Optional<ObjectTree> less =
          e.code() == INVALID ? additions.withoutCondition(body) : Optional.empty();
      if (less.isEmpty()) {
        throw e;
      }
      Result result = write(task, less.get());
      additions.conditionRefused(task.desired());
      return result;
    }
  }

  private boolean isEqual(Task task, ObjectTree status) {
    ObjectTree marked = Forms.marked(task.desired(), status);
    ObjectTree wanted =
        task.whole() ? marked : Generations.numbered(marked, OptionalLong.of(1), false);
    return Canonical.digest(wanted, task.item().schema())
        .equals(forms.status(task.live(), task.item().schema()));
  }

  private static ObjectTree body(ObjectTree live, ObjectTree status) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", live.name());
    if (!live.namespace().isEmpty()) {
      metadata.put("namespace", live.namespace());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("apiVersion", live.apiVersion());
    body.put("kind", live.kind());
    body.put("metadata", metadata);
    body.putAll(status.asMap());
    return ObjectTree.of(body);
  }

  private Result write(Task task, ObjectTree body) throws InterruptedException {
    try {
      return new Result(applied(task, body), FieldSet.of());
    } catch (RequestException e) {
      FieldSet foreign = Conflicts.fields(e, FieldSets.of(body, task.item().schema()));
      if (foreign.isEmpty()) {
        throw e;
      }
      return new Result(applied(task, FieldSets.without(body, foreign)), foreign);
    }
  }

  private ObjectTree applied(Task task, ObjectTree body) throws InterruptedException {
    Write write =
        Write.of(task.item().type().upstream(), body, task.live(), managers.status()).to("status");
    boolean same = task.tryFirst() && Sameness.same(writer.tryOut(write), task.live());
    return same ? task.live() : writer.apply(write);
  }
}
