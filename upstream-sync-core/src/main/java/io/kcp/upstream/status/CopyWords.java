package io.kcp.upstream.status;

import com.google.common.base.Ascii;
import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is said on a copy of how its original does: two annotations and a condition. */
final class CopyWords {
  /** The type of the condition. */
  static final String CONDITION = "upstream.workload.kcp.io/Healthy";

  private static final int LONGEST = 1024;
  private static final String CONDITIONS = "status.conditions";
  private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");

  private CopyWords() {}

  static String path(String annotation) {
    return FieldPath.of("metadata", "annotations", annotation).toString();
  }

  static ObjectTree without(ObjectTree object) {
    return object.without(path(SyncKeys.HEALTH)).without(path(SyncKeys.ROLLUP));
  }

  static String health(HealthState state) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("health", word(state.health()));
    words.put("reason", state.reason());
    if (!state.message().isEmpty()) {
      words.put("message", Ascii.truncate(state.message(), LONGEST, "..."));
    }
    return new String(Json.write(words), StandardCharsets.UTF_8);
  }

  /** In CamelCase, as everywhere. */
  static String word(Health health) {
    return health.name().charAt(0) + Ascii.toLowerCase(health.name().substring(1));
  }

  /** Since when our condition on this object has its status; empty where it has none like it. */
  static Optional<Instant> since(ObjectTree copy, Health health) {
    return copy.items(CONDITIONS).stream()
        .filter(each -> PodReader.is(each, "type", CONDITION))
        .filter(each -> PodReader.is(each, "status", HealthState.status(health)))
        .flatMap(each -> each.string("lastTransitionTime").stream())
        .flatMap(time -> time(time).stream())
        .findFirst();
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** With these annotations; an absent one is not touched. */
  static Desired annotated(Desired desired, Map<String, String> annotations) {
    ObjectTree object = desired.object();
    for (Map.Entry<String, String> each : annotations.entrySet()) {
      object = object.with(path(each.getKey()), each.getValue());
    }
    return with(desired, object, desired.status());
  }

  /**
   * With our condition, where the type's conditions are told apart by their type: an atomic list
   * has one owner, and is the physical cluster's.
   */
  static Desired conditioned(Desired desired, Map<String, Object> condition) {
    Optional<ObjectTree> status =
        desired
            .status()
            .filter(each -> each.tree("status").filter(s -> !s.asMap().isEmpty()).isPresent());
    if (status.isEmpty() || !takesConditions(desired.type().schema())) {
      return desired;
    }
    List<Object> conditions = new ArrayList<>();
    status.get().items(CONDITIONS).stream()
        .filter(each -> !PodReader.is(each, "type", CONDITION))
        .forEach(each -> conditions.add(each.asMap()));
    conditions.add(condition);
    return with(desired, desired.object(), Optional.of(status.get().with(CONDITIONS, conditions)));
  }

  /** The same status without our condition; empty where there is none. */
  static Optional<ObjectTree> withoutCondition(ObjectTree object) {
    List<Object> others =
        object.items(CONDITIONS).stream()
            .filter(each -> !PodReader.is(each, "type", CONDITION))
            .<Object>map(ObjectTree::asMap)
            .toList();
    return others.size() == object.items(CONDITIONS).size()
        ? Optional.empty()
        : Optional.of(object.with(CONDITIONS, others));
  }

  /** The same without our annotations; empty where there are none. */
  static Optional<Desired> withoutWords(Desired desired) {
    Map<String, String> annotations = desired.object().annotations();
    return annotations.containsKey(SyncKeys.HEALTH) || annotations.containsKey(SyncKeys.ROLLUP)
        ? Optional.of(with(desired, without(desired.object()), desired.status()))
        : Optional.empty();
  }

  private static boolean takesConditions(MergeSchema schema) {
    MergeSchema conditions = schema.field("status").field("conditions");
    return conditions.merge() == MergeSchema.Merge.LIST_MAP
        && conditions.keys().equals(List.of("type"))
        && List.of("status", "reason", "message", "lastTransitionTime").stream()
            .allMatch(conditions.items()::declares);
  }

  static Map<String, Object> condition(HealthState state) {
    Map<String, Object> condition = new LinkedHashMap<>();
    condition.put("type", CONDITION);
    condition.put("status", state.status());
    condition.put("lastTransitionTime", state.since().truncatedTo(ChronoUnit.SECONDS).toString());
    boolean fit = REASON.matcher(state.reason()).matches();
    condition.put("reason", fit ? state.reason() : word(state.health()));
    String message = word(state.health()) + (state.message().isEmpty() ? "" : ": ");
    condition.put("message", Ascii.truncate(message + state.message(), LONGEST, "..."));
    return condition;
  }

  private static Desired with(Desired desired, ObjectTree object, Optional<ObjectTree> status) {
    return new Desired(
        desired.type(),
        desired.physical(),
        desired.upstream(),
        object,
        status,
        desired.origin(),
        desired.directives(),
        desired.transformers());
  }

  /** Nothing but what is said on this copy. */
  static ObjectTree of(ObjectTree copy) {
    ObjectTree words = ObjectTree.of(Map.of());
    for (String key : List.of(SyncKeys.HEALTH, SyncKeys.ROLLUP)) {
      String value = copy.annotations().get(key);
      words = value == null ? words : words.with(path(key), value);
    }
    List<Map<String, Object>> condition =
        copy.items(CONDITIONS).stream()
            .filter(each -> PodReader.is(each, "type", CONDITION))
            .map(CopyWords::withoutEmpty)
            .toList();
    return condition.isEmpty() ? words : words.with(CONDITIONS, condition);
  }

  /** What a copy says already, to be said on until more is known. */
  static Desired asBefore(Desired desired, ObjectTree copy) {
    Map<String, String> annotations = new LinkedHashMap<>();
    for (String key : List.of(SyncKeys.HEALTH, SyncKeys.ROLLUP)) {
      String value = copy.annotations().get(key);
      if (value != null) {
        annotations.put(key, value);
      }
    }
    Desired annotated = annotated(desired, annotations);
    return copy.items(CONDITIONS).stream()
        .filter(each -> PodReader.is(each, "type", CONDITION))
        .findFirst()
        .map(condition -> conditioned(annotated, withoutEmpty(condition)))
        .orElse(annotated);
  }

  /** A server adds fields of its own, such as a null lastUpdateTime. */
  private static Map<String, Object> withoutEmpty(ObjectTree condition) {
    Map<String, Object> ours = new LinkedHashMap<>();
    for (String field : List.of("type", "status", "lastTransitionTime", "reason", "message")) {
      condition.string(field).ifPresent(value -> ours.put(field, value));
    }
    return ours;
  }
}
