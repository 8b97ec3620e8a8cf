package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
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
  private final Additions additions;

  StatusWrite(SyncScope scope, Writer writer) {
    this.additions = scope.additions();
    this.managers = scope.managers();
    this.writer = writer;
  }

  /**
   * @param now the digest of what we own of the status of the copy
   * @param live the copy as it is now
   * @param whole whether it is all that the physical object says, no field left to somebody
   * @param tryFirst whether the server is asked what would change before anything is
   */
  record Job(Task task, Digest now, ObjectTree live, boolean whole, boolean tryFirst) {
    Item item() {
      return task.item();
    }

    Desired desired() {
      return task.desired();
    }
  }

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

  Result run(Job job) throws InterruptedException {
    Optional<ObjectTree> status = mirrored(job.desired());
    if (status.isEmpty() || isEqual(job, status.get())) {
      return new Result(job.live(), FieldSet.of());
    }
    OptionalLong generation = job.live().integer("metadata.generation");
    ObjectTree marked = Forms.marked(job.desired(), status.get());
    ObjectTree numbered = Generations.numbered(marked, generation, job.whole());
    return writeWhatIsTaken(job, body(job.live(), numbered));
  }

  /** What the physical cluster says must arrive, also where what we add to it is refused. */
  private Result writeWhatIsTaken(Job job, ObjectTree body) throws InterruptedException {
    try {
      return write(job, body);
    } catch (RequestException e) {
      Optional<ObjectTree> less =
          e.code() == INVALID ? additions.withoutCondition(body) : Optional.empty();
      if (less.isEmpty()) {
        throw e;
      }
      Result result = write(job, less.get());
      additions.conditionRefused(job.desired());
      return result;
    }
  }

  private boolean isEqual(Job job, ObjectTree status) {
    return (job.whole() ? job.task().parts().status() : lessThanWhole(job, status))
        .equals(job.now());
  }

  private static Digest lessThanWhole(Job job, ObjectTree status) {
    ObjectTree marked = Forms.marked(job.desired(), status);
    ObjectTree numbered = Generations.numbered(marked, OptionalLong.of(1), false);
    return Canonical.digest(numbered, job.item().schema());
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

  private Result write(Job job, ObjectTree body) throws InterruptedException {
    try {
      return new Result(applied(job, body), FieldSet.of());
    } catch (RequestException e) {
      FieldSet foreign = Conflicts.fields(e, FieldSets.of(body, job.item().schema()));
      if (foreign.isEmpty()) {
        throw e;
      }
      return new Result(applied(job, FieldSets.without(body, foreign)), foreign);
    }
  }

  private ObjectTree applied(Job job, ObjectTree body) throws InterruptedException {
    Write write =
        Write.of(job.item().type().upstream(), body, job.live(), managers.status()).to("status");
    boolean same = job.tryFirst() && Sameness.same(writer.tryOut(write), job.live());
    return same ? job.live() : writer.apply(write);
  }
}
