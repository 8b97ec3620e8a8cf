package io.kcp.upstream.testkit.apply;

import static io.kcp.upstream.testkit.apply.Json.ABSENT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the {@code x-kubernetes-validations} of a schema that {@link CelParser} can read. */
final class CelRules {
  private static final String RULES = "x-kubernetes-validations";

  private CelRules() {}

  /** Whether the schema has a rule anywhere. */
  static boolean anyIn(@Nullable Object schema) {
    if (schema instanceof List<?>) {
      return Json.list(schema).stream().anyMatch(CelRules::anyIn);
    }
    Map<String, Object> map = Json.map(schema);
    return map.get(RULES) instanceof List<?> || map.values().stream().anyMatch(CelRules::anyIn);
  }

  /**
   * Returns the rules that do not hold.
   *
   * @param old the value before, {@link Json#ABSENT} when it is not known
   */
  static List<FieldError> check(
      Map<String, Object> schema, @Nullable Object value, @Nullable Object old, String path) {
    List<FieldError> errors = new ArrayList<>();
    if (value == null) {
      return errors;
    }
    boolean changed = old == ABSENT || !Json.equal(old, value);
    for (Object rule : changed ? Json.list(schema.get(RULES)) : List.of()) {
      run(Json.map(rule), value, old, path).ifPresent(errors::add);
    }
    if (value instanceof List<?>) {
      checkItems(schema, Json.list(value), Json.list(old), path, errors);
    }
    Json.map(value)
        .forEach(
            (name, field) -> {
              Map<String, Object> property = CrdPruning.property(schema, name);
              boolean declared = Json.map(schema.get("properties")).containsKey(name);
              String below = declared ? CrdValidation.join(path, name) : path + "[" + name + "]";
              if (property != null) {
                errors.addAll(check(property, field, Json.get(Json.map(old), name), below));
              }
            });
    return errors;
  }

  private static void checkItems(
      Map<String, Object> schema,
      List<Object> list,
      List<Object> old,
      String path,
      List<FieldError> errors) {
    Map<String, Object> items = Json.map(schema.get("items"));
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      Object oldItem = CrdValidation.oldItem(schema, old, item);
      errors.addAll(check(items, item, oldItem, path + "[" + i + "]"));
    }
  }

  private static Optional<FieldError> run(
      Map<String, Object> rule, Object value, @Nullable Object old, String path) {
    String text = Json.string(rule, "rule");
    if (text.contains("oldSelf") && old == ABSENT) {
      return Optional.empty();
    }
    Optional<CelParser.Expression> expression = CelParser.parse(text);
    if (expression.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> variables = new HashMap<>();
    variables.put("self", value);
    Json.put(variables, "oldSelf", old);
    String message = Json.string(rule, "message");
    String shown = message.isEmpty() ? "failed rule: " + text : message;
    String field = path + Json.string(rule, "fieldPath");
    try {
      return Boolean.TRUE.equals(expression.get().value(variables))
          ? Optional.empty()
          : Optional.of(error(field, Json.string(rule, "reason"), value, shown));
    } catch (CelParser.EvaluationException failed) {
      String type = value instanceof Map<?, ?> ? "object" : "array";
      Object printed = Json.isScalar(value) ? value : type;
      return Optional.of(
          FieldErrors.invalid(field, printed, failed.getMessage() + " evaluating rule: " + shown));
    }
  }

  private static FieldError error(String field, String reason, Object value, String message) {
    return switch (reason) {
      case "FieldValueForbidden" -> new FieldError(field, reason, "Forbidden: " + message);
      case "FieldValueRequired" -> new FieldError(field, reason, "Required value: " + message);
      case "FieldValueDuplicate" ->
          new FieldError(field, reason, "Duplicate value: " + FieldErrors.print(value));
      default ->
          Json.isScalar(value)
              ? FieldErrors.invalid(field, value, message)
              : new FieldError(field, "FieldValueInvalid", "Invalid value: " + message);
    };
  }
}
