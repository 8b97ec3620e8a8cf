package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words field errors as the server does. */
final class FieldErrors {
  /** How the server prints that an error has no field. */
  static final String NOWHERE = "<nil>";

  private FieldErrors() {}

  static FieldError required(String path) {
    return new FieldError(path, "FieldValueRequired", "Required value");
  }

  static FieldError duplicate(String path, @Nullable Object value) {
    return new FieldError(path, "FieldValueDuplicate", "Duplicate value: " + print(value));
  }

  static FieldError invalid(String path, @Nullable Object value, String detail) {
    return new FieldError(
        path, "FieldValueInvalid", "Invalid value: " + print(value) + ": " + detail);
  }

  /** An error about the whole of a value, which the server does not place. */
  static FieldError unplaced(String detail) {
    return invalid(NOWHERE, "", detail);
  }

  static FieldError wrongType(String path, String wanted, String found) {
    return new FieldError(
        path,
        "FieldValueTypeInvalid",
        "Invalid value: %s: %s in body must be of type %s: %s"
            .formatted(print(found), path, wanted, print(found)));
  }

  static FieldError tooLong(String path, long max) {
    return new FieldError(
        path, "FieldValueTooLong", "Too long: may not be more than " + max + " bytes");
  }

  static FieldError tooMany(String path, int actual, long max) {
    return new FieldError(
        path, "FieldValueTooMany", "Too many: " + actual + ": must have at most " + max + " items");
  }

  static FieldError unsupported(String path, @Nullable Object value, List<Object> supported) {
    String values =
        supported.stream()
            .map(each -> print(each instanceof String ? each : print(each)))
            .collect(Collectors.joining(", "));
    return new FieldError(
        path,
        "FieldValueNotSupported",
        "Unsupported value: " + print(value) + ": supported values: " + values);
  }

  /** JSON, with the keys of objects sorted. */
  static String print(@Nullable Object value) {
    if (value instanceof String text) {
      return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
    if (value instanceof Map<?, ?>) {
      return new TreeMap<>(Json.map(value))
          .entrySet().stream()
              .map(entry -> print(entry.getKey()) + ":" + print(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?>) {
      return Json.list(value).stream()
          .map(FieldErrors::print)
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof Double number && number == Math.rint(number)) {
      return String.valueOf(number.longValue());
    }
    return String.valueOf(value);
  }
}
