package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with an object, in the server's words. */
final class Problems {
  private final List<FieldError> errors = new ArrayList<>();

  List<FieldError> errors() {
    return errors;
  }

  void add(FieldError error) {
    errors.add(error);
  }

  void required(String field) {
    errors.add(new FieldError(field, "FieldValueRequired", "Required value"));
  }

  void required(String field, String why) {
    errors.add(new FieldError(field, "FieldValueRequired", "Required value: " + why));
  }

  /**
   * @param value a string is quoted, all else shown as JSON
   */
  void invalid(String field, @Nullable Object value, String why) {
    String shown = value == null ? "null" : new String(Json.bytes(value), StandardCharsets.UTF_8);
    errors.add(new FieldError(field, "FieldValueInvalid", "Invalid value: " + shown + ": " + why));
  }

  void forbidden(String field, String why) {
    errors.add(new FieldError(field, "FieldValueForbidden", "Forbidden: " + why));
  }

  void duplicate(String field, String value) {
    errors.add(new FieldError(field, "FieldValueDuplicate", "Duplicate value: \"" + value + "\""));
  }

  /** Of a Service's port: the rest of it is not compared. */
  void duplicate(String field, Map<String, Object> port) {
    String shown =
        "{\"Name\":\"\",\"Protocol\":\"%s\",\"AppProtocol\":null,\"Port\":%s,\"TargetPort\":0,\"NodePort\":0}"
            .formatted(port.get("protocol"), port.get("port"));
    errors.add(new FieldError(field, "FieldValueDuplicate", "Duplicate value: " + shown));
  }

  void notFound(String field, String value) {
    errors.add(new FieldError(field, "FieldValueNotFound", "Not found: \"" + value + "\""));
  }

  /** Complains when a value is there and none of those that are known. */
  void oneOf(String field, String value, List<String> known) {
    if (!value.isEmpty() && !known.contains(value)) {
      String all =
          new TreeSet<>(known)
              .stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
      errors.add(WriteOptions.unsupported(field, value, all));
    }
  }

  /** Like {@link #oneOf}; what is known is shown in this order. */
  void oneOfInOrder(String field, String value, List<String> known) {
    if (!value.isEmpty() && !known.contains(value)) {
      String all = known.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
      errors.add(WriteOptions.unsupported(field, value, all));
    }
  }

  /** Complains when a number is there and negative. */
  void notNegative(Map<String, Object> object, String... path) {
    long number = Tree.number(object, 0, path);
    if (number < 0) {
      invalid(String.join(".", path), number, "must be greater than or equal to 0");
    }
  }

  /** Complains when a field differs. */
  void immutable(@Nullable Map<String, Object> live, Map<String, Object> object, String... path) {
    if (live != null && !Objects.equals(Tree.get(live, path), Tree.get(object, path))) {
      invalid(String.join(".", path), Tree.get(object, path), "field is immutable");
    }
  }

  void port(String field, @Nullable Object port) {
    if (port instanceof Long number && (number < 1 || number > 65_535)) {
      invalid(field, number, "must be between 1 and 65535, inclusive");
    }
  }
}
