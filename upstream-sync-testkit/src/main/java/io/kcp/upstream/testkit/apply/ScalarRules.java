package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one value against the type, the enumeration and the limits of its schema. */
final class ScalarRules {
  private ScalarRules() {}

  static Optional<FieldError> type(
      Map<String, Object> schema, @Nullable Object value, String path) {
    List<String> types =
        CrdPruning.is(schema, "x-kubernetes-int-or-string")
            ? List.of("integer", "string")
            : schema.containsKey("type") ? List.of(Json.string(schema, "type")) : List.of();
    if (types.isEmpty() || (value == null && CrdPruning.is(schema, "nullable"))) {
      return Optional.empty();
    }
    String found = typeOf(value);
    boolean fits =
        types.contains(found)
            || (found.equals("integer") && types.contains("number"))
            || (found.equals("number") && types.contains("integer") && isWhole(value));
    return fits
        ? Optional.empty()
        : Optional.of(FieldErrors.wrongType(path, String.join(",", types), found));
  }

  private static boolean isWhole(@Nullable Object value) {
    return value instanceof Double number && number == Math.rint(number);
  }

  private static String typeOf(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map<?, ?>) {
      return "object";
    }
    if (value instanceof List<?>) {
      return "array";
    }
    if (value instanceof Boolean) {
      return "boolean";
    }
    return value instanceof String ? "string" : Json.isWhole(value) ? "integer" : "number";
  }

  static Optional<FieldError> enumeration(
      Map<String, Object> schema, @Nullable Object value, String path) {
    List<Object> allowed = Json.list(schema.get("enum"));
    return allowed.isEmpty() || allowed.stream().anyMatch(each -> Json.equal(each, value))
        ? Optional.empty()
        : Optional.of(FieldErrors.unsupported(path, value, allowed));
  }

  /** A limit of the schema as a Long; null when it has none. */
  static @Nullable Object number(Map<String, Object> schema, String name) {
    return schema.get(name) instanceof Number limit ? (Object) limit.longValue() : null;
  }

  static void content(
      Map<String, Object> schema, Object value, String path, List<FieldError> errors) {
    if (value instanceof String text) {
      text(schema, text, path).ifPresent(errors::add);
      String format = Json.string(schema, "format");
      if (!Formats.matches(format, text)) {
        errors.add(FieldErrors.wrongType(path, format, text));
      }
    } else if (value instanceof Number number) {
      NumberRules.check(schema, number, path, errors);
    }
  }

  /** The first limit that the text breaks. */
  private static Optional<FieldError> text(Map<String, Object> schema, String text, String path) {
    int length = text.codePointCount(0, text.length());
    if (number(schema, "maxLength") instanceof Long max && length > max) {
      return Optional.of(FieldErrors.tooLong(path, max));
    }
    if (number(schema, "minLength") instanceof Long min && length < min) {
      return Optional.of(
          FieldErrors.invalid(
              path, text, path + " in body should be at least " + min + " chars long"));
    }
    String pattern = Json.string(schema, "pattern");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      return Optional.of(
          FieldErrors.invalid(path, text, path + " in body should match '" + pattern + "'"));
    }
    return Optional.empty();
  }
}
