package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.OwnedPart;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says on a copy, while the physical cluster is out of sight, that nothing is known. All else that
 * we own of the copy is applied again as it is there.
 */
final class BlindPass {
  private static final Duration LATER = Duration.ofSeconds(30);
  private static final String CONDITIONS = "status.conditions";

  private final SyncScope scope;
  private final Writer writer;

  BlindPass(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.writer = writer;
  }

  /**
   * @param live as it is now; empty when the copy was left alone
   */
  record Result(Outcome outcome, Optional<ObjectTree> live) {}

  Result run(Item item) throws InterruptedException {
    Finding finding =
        scope.memory().ledger().find(item.key()).map(Ledger.Entry::finding).orElse(Finding.SYNCED);
    if (finding.verdict() == Verdict.PENDING) {
      return new Result(Outcome.retryAfter(finding, LATER), Optional.empty());
    }
    Outcome outcome = Outcome.settled(finding);
    ResourceType type = item.type().upstream();
    Optional<ObjectTree> live =
        Reads.find(
                scope.clusters().workspace(),
                type,
                item.upstream().namespace(),
                item.upstream().name())
            .filter(copy -> Mark.of(scope.targetKey().value()).isOn(copy))
            .filter(copy -> !Mark.isFrozen(copy) && !Mark.isBeingDeleted(copy));
    Optional<Additions.Words> words = scope.additions().blind(item.key());
    if (live.isEmpty() || words.isEmpty()) {
      return new Result(outcome, Optional.empty());
    }
    try {
      ObjectTree annotated = annotated(item, live.get(), words.get().annotations());
      return new Result(
          outcome, Optional.of(conditioned(item, annotated, words.get().condition())));
    } catch (RequestException e) {
      if (e.code() != 409) {
        throw e;
      }
      scope.memory().reconsider(item.key());
      return new Result(Outcome.retry(finding), Optional.empty());
    }
  }

  private ObjectTree annotated(Item item, ObjectTree live, Map<String, String> annotations)
      throws InterruptedException {
    String manager = scope.managers().main();
    Optional<Owned> owned = OwnedFields.of(live, manager, item.schema());
    if (owned.isEmpty()) {
      return live;
    }
    ObjectTree applied = live;
    FieldSet fields = owned.get().fields();
    if (owned.get().operation() == Owned.Operation.UPDATE) { // a POST left it
      applied =
          writer.patch(
              item.type().upstream(),
              live,
              ManagedFields.asApplied(live, manager, fields),
              manager);
    }
    ObjectTree body = body(applied, OwnedPart.of(applied, fields));
    for (Map.Entry<String, String> each : annotations.entrySet()) {
      String path = FieldPath.of("metadata", "annotations", each.getKey()).toString();
      body = body.with(path, each.getValue());
    }
    return writer.apply(Write.of(item.type().upstream(), body, applied, manager));
  }

  private ObjectTree conditioned(Item item, ObjectTree live, Map<String, Object> condition)
      throws InterruptedException {
    String manager = scope.managers().status();
    Optional<Owned> owned = OwnedFields.of(live, manager, "status");
    if (owned.isEmpty()) {
      return live;
    }
    ObjectTree part = OwnedPart.of(live, owned.get().fields());
    List<Object> conditions = new ArrayList<>();
    boolean found = false;
    for (ObjectTree each : part.items(CONDITIONS)) {
      boolean ours = each.string("type").equals(Optional.ofNullable(condition.get("type")));
      found |= ours;
      conditions.add(ours ? condition : each.asMap());
    }
    if (!found) {
      return live; // of this type's conditions none is ours
    }
    ObjectTree body = body(live, part.with(CONDITIONS, conditions));
    return writer.apply(Write.of(item.type().upstream(), body, live, manager).to("status"));
  }

  private static ObjectTree body(ObjectTree live, ObjectTree part) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("apiVersion", live.apiVersion());
    body.put("kind", live.kind());
    body.putAll(part.asMap());
    ObjectTree named = ObjectTree.of(body).with("metadata.name", live.name());
    return live.namespace().isEmpty() ? named : named.with("metadata.namespace", live.namespace());
  }
}
