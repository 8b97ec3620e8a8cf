package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the query of a write. */
final class WriteOptions {
  private static final int MAX_MANAGER = 128;
  private static final Set<String> VALIDATIONS = Set.of("", "Ignore", "Warn", "Strict");

  private WriteOptions() {}

  /**
   * @param kind such as {@code PatchOptions}
   */
  static void check(Call call, String kind, boolean apply) {
    List<FieldError> errors = new ArrayList<>();
    Query query = call.query();
    checkTimeout(query.get("timeout"));
    String manager = query.get("fieldManager");
    if (apply && manager.isEmpty()) {
      errors.add(
          new FieldError(
              "fieldManager", "FieldValueRequired", "Required value: is required for apply patch"));
    }
    if (manager.length() > MAX_MANAGER) {
      errors.add(
          new FieldError(
              "fieldManager",
              "FieldValueTooLong",
              "Too long: may not be more than " + MAX_MANAGER + " bytes"));
    }
    for (int i = 0; i < manager.length(); i++) {
      if (!isPrintable(manager.charAt(i))) {
        errors.add(
            MetaValidation.invalid(
                "fieldManager",
                escaped(manager),
                "invalid character U+%04X (at position %d)".formatted((int) manager.charAt(i), i)));
      }
    }
    if (!apply && kind.equals("PatchOptions") && query.has("force")) {
      errors.add(
          new FieldError(
              "force",
              "FieldValueForbidden",
              "Forbidden: may not be specified for non-apply patch"));
    }
    List<String> dryRun = query.all("dryRun");
    if (dryRun.stream().anyMatch(value -> !value.equals("All"))) {
      String shown =
          dryRun.stream().map(value -> "\"" + value + "\"").collect(Collectors.joining(","));
      errors.add(
          new FieldError(
              "dryRun",
              "FieldValueNotSupported",
              "Unsupported value: [" + shown + "]: supported values: \"All\""));
    }
    String validation = query.get("fieldValidation");
    if (!VALIDATIONS.contains(validation)) {
      errors.add(
          unsupported("fieldValidation", validation, "\"\", \"Ignore\", \"Strict\", \"Warn\""));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(new ResourceName("meta.k8s.io", kind), "", errors);
    }
  }

  private static void checkTimeout(String timeout) {
    if (!timeout.isEmpty() && !timeout.matches("([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+")) {
      throw ApiException.badRequest(
          "invalid timeout specified in the request URL - time: invalid duration \"%s\""
              .formatted(timeout));
    }
  }

  private static boolean isPrintable(char character) {
    return !Character.isISOControl(character)
        && (character == ' ' || !Character.isSpaceChar(character));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            each ->
                escaped.append(
                    each < ' ' ? "\\x%02x".formatted(each) : String.valueOf((char) each)));
    return escaped.toString();
  }

  static FieldError unsupported(String field, String value, String supported) {
    return new FieldError(
        field,
        "FieldValueNotSupported",
        "Unsupported value: \"%s\": supported values: %s".formatted(value, supported));
  }
}
