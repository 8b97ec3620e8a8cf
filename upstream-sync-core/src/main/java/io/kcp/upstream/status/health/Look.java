package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One object, as the rules look at it. A field of another type than asked for throws {@link
 * io.kcp.upstream.spi.FieldTypeException}, so only the rule that needs it is without an answer.
 * Used by one thread.
 */
final class Look {
  private static final FieldPath STATUS = FieldPath.of("status");

  private final ObjectTree object;
  private final HealthContext context;
  private final HealthSettings settings;
  private @Nullable List<Condition> conditions; // read once, as many rules ask

  Look(ObjectTree object, HealthContext context, HealthSettings settings) {
    this.object = object;
    this.context = context;
    this.settings = settings;
  }

  ObjectTree object() {
    return object;
  }

  HealthContext context() {
    return context;
  }

  HealthSettings settings() {
    return settings;
  }

  String group() {
    String apiVersion = object.apiVersion();
    return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
  }

  String version() {
    String apiVersion = object.apiVersion();
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  /** Such as {@code Deployment.apps}, or {@code Pod}. */
  String type() {
    return group().isEmpty() ? object.kind() : object.kind() + "." + group();
  }

  String text(String path) {
    return object.string(path).orElse("");
  }

  boolean isTrue(String path) {
    return object.isTrue(path);
  }

  OptionalLong number(String path) {
    return object.integer(path);
  }

  long number(String path, long absent) {
    return number(path).orElse(absent);
  }

  /** {@code spec.replicas}, 1 when absent, as API servers default it. */
  long replicas() {
    return number("spec.replicas", 1);
  }

  OptionalLong generation() {
    return number("metadata.generation");
  }

  OptionalLong observedGeneration() {
    return number("status.observedGeneration");
  }

  boolean hasStatus() {
    return object.get(STATUS).isPresent();
  }

  List<Condition> conditions() {
    List<Condition> read = conditions;
    if (read == null) {
      boolean quotable = !type().equals("Secret");
      read =
          object.items("status.conditions").stream()
              .map(tree -> new Condition(tree, quotable))
              .toList();
      conditions = read;
    }
    return read;
  }

  /** The first condition of that type. */
  Optional<Condition> condition(String type) {
    return conditions().stream().filter(condition -> condition.is(type)).findFirst();
  }

  Optional<Condition> trueCondition(String type) {
    return condition(type).filter(Condition::isTrue);
  }

  boolean hasAnnotation(String key) {
    return object.annotations().containsKey(key);
  }

  String annotation(String key) {
    return object.annotations().getOrDefault(key, "");
  }

  Optional<Instant> time(String path) {
    return object.string(path).map(text -> instant(path, text));
  }

  static Instant instant(String path, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new UnreadableException(path + ": a time such as 2026-01-02T03:04:05Z is wanted", e);
    }
  }

  /** How much of {@code limit} is left since {@code start}; zero or less when it is over. */
  Duration left(Duration limit, Instant start) {
    return Duration.between(context.now(), start.plus(limit));
  }

  /** How much of {@code limit} is left since the object was made; nothing when that is unknown. */
  Duration leftSinceCreation(Duration limit) {
    return time("metadata.creationTimestamp").map(made -> left(limit, made)).orElse(Duration.ZERO);
  }
}
