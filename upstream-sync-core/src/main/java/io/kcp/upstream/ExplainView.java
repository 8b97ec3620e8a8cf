package io.kcp.upstream;

import io.kcp.upstream.conflict.ConflictHistory;
import io.kcp.upstream.discovery.NamespaceLabels;
import io.kcp.upstream.discovery.NotSelected;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.discovery.TypeSet;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.spi.Transformer;
import io.kcp.upstream.sync.Ledger;
import io.kcp.upstream.sync.SyncMemory;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.transform.TransformSettings;
import io.kcp.upstream.transform.Unplaced;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.Json;
import io.kcp.upstream.wire.RequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers for one object what was decided on it, and why. */
final class ExplainView {
  private final Setup setup;
  private final Insight insight;
  private final InForce now;

  ExplainView(Setup setup, Insight insight, InForce now) {
    this.setup = setup;
    this.insight = insight;
    this.now = now;
  }

  /** What is known beside what is in force. */
  record Insight(SyncMemory memory, NamespaceLabels namespaces, ConflictHistory history) {}

  private record Answer(
      Explanation.Verdict verdict,
      String reason,
      String message,
      @Nullable Instant since,
      int attempts,
      @Nullable Instant nextAttempt) {
    static Answer of(Explanation.Verdict verdict, String reason, String message) {
      return new Answer(verdict, reason, message, null, 0, null);
    }
  }

  Explanation explain(ObjectKey asked) throws InterruptedException {
    Optional<ObjectKey> physical =
        asked.side() == Side.PHYSICAL ? Optional.of(asked) : now.transformation().physical(asked);
    if (physical.isEmpty()) {
      Answer nowhere =
          Answer.of(
              Explanation.Verdict.NOT_SELECTED,
              "NamespaceNotMapped",
              "nothing is pulled into this namespace: see spec.upstreamSync.namespaceMapping");
      return explanation(asked, Optional.empty(), nowhere, FieldSet.of());
    }
    ObjectKey key = physical.get();
    Optional<ObjectKey> upstream = now.transformation().upstream(key);
    FieldSet yielded = upstream.isPresent() ? yielded(upstream.get()) : FieldSet.of();
    Optional<ObjectKey> other = asked.side() == Side.PHYSICAL ? upstream : physical;
    return explanation(asked, other, answer(key), yielded);
  }

  /** As if nothing had been decided yet: by what would be done. */
  Explanation explain(ObjectKey asked, Plan plan) throws InterruptedException {
    Explanation known = explain(asked);
    if (known.verdict() != Explanation.Verdict.PENDING) {
      return known;
    }
    Answer answer =
        plan.steps().stream()
            .filter(step -> asked.equals(step.physical()) || asked.equals(step.upstream()))
            .findFirst()
            .map(step -> Answer.of(verdict(step.action()), step.reason(), step.message()))
            .orElseGet(
                () ->
                    Answer.of(
                        Explanation.Verdict.SYNCED, "Synced", "the copy is what it should be"));
    return explanation(
        asked, Optional.ofNullable(known.otherSide()), answer, known.leftToUpstream());
  }

  private static Explanation.Verdict verdict(Plan.Action action) {
    return switch (action) {
      case CREATE, UPDATE, ADOPT, DELETE -> Explanation.Verdict.PENDING;
      case HOLD_DELETE -> Explanation.Verdict.HELD;
      case CONFLICT -> Explanation.Verdict.CONFLICTING;
      case SKIP -> Explanation.Verdict.SKIPPED;
    };
  }

  private Explanation explanation(
      ObjectKey asked, Optional<ObjectKey> other, Answer answer, FieldSet yielded) {
    return new Explanation(
        asked,
        other.orElse(null),
        answer.verdict(),
        answer.reason(),
        answer.message(),
        answer.since(),
        answer.attempts(),
        answer.nextAttempt(),
        transformers(asked.resource()),
        yielded,
        conflicts(asked, other));
  }

  private Answer answer(ObjectKey key) throws InterruptedException {
    WorkKey work = new WorkKey(key.resource(), key.namespace(), key.name());
    Optional<Ledger.Entry> known = insight.memory().ledger().find(work);
    if (known.isPresent()) {
      Ledger.Entry entry = known.get();
      return new Answer(
          Explanation.Verdict.valueOf(entry.finding().verdict().name()),
          entry.finding().reason(),
          entry.finding().message(),
          entry.since(),
          entry.attempts(),
          entry.nextAttempt());
    }
    Optional<NotSelected> leftOut = now.selection().leftOut(key.resource());
    if (leftOut.isPresent()) {
      return Answer.of(
          Explanation.Verdict.NOT_SELECTED, leftOut.get().reason(), leftOut.get().message());
    }
    TypeSet.LeftOut barred = now.found().selected().leftOut().get(key.resource());
    if (barred != null) {
      return Answer.of(Explanation.Verdict.SKIPPED, barred.reason(), barred.message());
    }
    return liveAnswer(key);
  }

  private Answer liveAnswer(ObjectKey key) throws InterruptedException {
    if (now.transformation().upstream(key).isEmpty()) {
      Unplaced why = now.transformation().whyNot(key);
      return Answer.of(Explanation.Verdict.NOT_SELECTED, why.reason(), why.message());
    }
    SyncedType type = now.found().mirrored().get(key.resource());
    if (type == null) {
      return Answer.of(
          Explanation.Verdict.NOT_FOUND,
          "NotServed",
          "neither side is known to serve " + key.resource());
    }
    Optional<ObjectTree> object = read(setup.physical(), type.physical(), key);
    if (object.isEmpty()) {
      return Answer.of(
          Explanation.Verdict.NOT_FOUND, "NotFound", "it does not exist in the physical cluster");
    }
    Optional<NotSelected> why =
        now.selection().leftOut(key.resource(), object.get(), insight.namespaces());
    return why.map(
            found -> Answer.of(Explanation.Verdict.NOT_SELECTED, found.reason(), found.message()))
        .orElseGet(
            () ->
                Answer.of(
                    Explanation.Verdict.PENDING, "NotYetLookedAt", "it is selected and waits"));
  }

  private static Optional<ObjectTree> read(
      ClusterEndpoint cluster, ResourceType type, ObjectKey key) throws InterruptedException {
    try {
      return Optional.of(
          cluster.send(ApiRequest.get(type.path(key.namespace(), key.name()))).object());
    } catch (RequestException e) {
      if (e.code() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private FieldSet yielded(ObjectKey upstream) throws InterruptedException {
    SyncedType type = now.found().mirrored().get(upstream.resource());
    if (type == null) {
      return FieldSet.of();
    }
    Optional<String> noted =
        read(setup.workspace(), type.upstream(), upstream)
            .map(copy -> copy.annotations().get(SyncKeys.YIELDED));
    try {
      List<FieldPath> paths = new ArrayList<>();
      if (noted.isPresent()) {
        byte[] json = noted.get().getBytes(StandardCharsets.UTF_8);
        Json.readObject(json).keySet().forEach(path -> paths.add(FieldPath.parse(path)));
      }
      return FieldSet.of(paths.toArray(FieldPath[]::new));
    } catch (IOException | IllegalArgumentException e) {
      return FieldSet.of(); // somebody wrote over our note: it counts as none
    }
  }

  private List<String> transformers(GroupResource resource) {
    return now.transforms().transformers().stream()
        .map(TransformSettings.Step::transformer)
        .filter(transformer -> transformer.handles(resource))
        .map(Transformer::name)
        .toList();
  }

  private List<ConflictRecord> conflicts(ObjectKey asked, Optional<ObjectKey> other) {
    ObjectKey physical = asked.side() == Side.PHYSICAL ? asked : other.orElse(asked);
    return insight.history().of(physical);
  }
}
