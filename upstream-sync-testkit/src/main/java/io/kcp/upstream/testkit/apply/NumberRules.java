package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;

/** Checks a number against the limits of its schema. */
final class NumberRules {
  private NumberRules() {}

  static void check(
      Map<String, Object> schema, Number value, String path, List<FieldError> errors) {
    range(schema, value, path, errors);
    if (schema.get("multipleOf") instanceof Number factor) {
      multiple(value, factor.doubleValue(), path, errors);
    }
    if (schema.get("minimum") instanceof Number min) {
      boolean exclusive = CrdPruning.is(schema, "exclusiveMinimum");
      if (value.doubleValue() < min.doubleValue()
          || (exclusive && value.doubleValue() == min.doubleValue())) {
        add(errors, path, value, "greater than " + (exclusive ? "" : "or equal to "), min);
      }
    }
    if (schema.get("maximum") instanceof Number max) {
      boolean exclusive = CrdPruning.is(schema, "exclusiveMaximum");
      if (value.doubleValue() > max.doubleValue()
          || (exclusive && value.doubleValue() == max.doubleValue())) {
        add(errors, path, value, "less than " + (exclusive ? "" : "or equal to "), max);
      }
    }
  }

  private static void add(
      List<FieldError> errors, String path, Number value, String relation, Number limit) {
    errors.add(
        FieldErrors.invalid(
            path, value, path + " in body should be " + relation + FieldErrors.print(limit)));
  }

  private static void range(
      Map<String, Object> schema, Number value, String path, List<FieldError> errors) {
    if (!Json.string(schema, "type").equals("integer")) {
      return;
    }
    String format = Json.string(schema, "format");
    boolean whole = value.doubleValue() == Math.rint(value.doubleValue());
    boolean fits = !format.equals("int32") || value.longValue() == value.intValue();
    if (!whole || !fits) {
      String which = format.isEmpty() ? "(default format)" : "with format " + format;
      errors.add(
          FieldErrors.unplaced("Checked value must be of type integer " + which + " in " + path));
    }
  }

  /** Of whole numbers the server checks in whole numbers, so that a fraction is a factor of 0. */
  private static void multiple(Number value, double factor, String path, List<FieldError> errors) {
    if (Json.isWhole(value) && (long) factor <= 0) {
      errors.add(
          FieldErrors.invalid(
              path,
              (long) factor,
              "factor MultipleOf declared for %s must be positive: %s"
                  .formatted(path, (long) factor)));
      return;
    }
    double times = value.doubleValue() / factor;
    if (times != Math.rint(times)) {
      add(errors, path, value, "a multiple of ", factor);
    }
  }
}
