package io.kcp.upstream.testkit.apply;

import static io.kcp.upstream.testkit.apply.Json.ABSENT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks an object against a structural schema. What is wrong with a value that did not change is
 * passed over; an old value is known by its field, or by the keys of a list-map.
 */
final class CrdValidation {
  /** Reasons after which the server runs no rules. */
  private static final Set<String> BLOCKING =
      Set.of(
          "FieldValueRequired",
          "FieldValueTypeInvalid",
          "FieldValueNotSupported",
          "FieldValueTooLong",
          "FieldValueTooMany");

  private CrdValidation() {}

  static List<FieldError> validate(
      Map<String, Object> schema, @Nullable Map<String, Object> old, Map<String, Object> updated) {
    List<FieldError> errors =
        new ArrayList<>(value(schema, updated, old == null ? ABSENT : old, ""));
    if (old == null || ListRules.duplicates(schema, old, "").isEmpty()) {
      errors.addAll(ListRules.duplicates(schema, updated, ""));
    }
    if (CelRules.anyIn(schema)) {
      if (errors.stream().anyMatch(error -> BLOCKING.contains(error.reason()))) {
        errors.add(
            new FieldError(
                FieldErrors.NOWHERE,
                "FieldValueInvalid",
                "Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"));
      } else {
        errors.addAll(CelRules.check(schema, updated, old == null ? ABSENT : old, ""));
      }
    }
    return errors;
  }

  private static List<FieldError> value(
      Map<String, Object> schema, @Nullable Object value, @Nullable Object old, String path) {
    List<FieldError> errors = new ArrayList<>();
    ScalarRules.type(schema, value, path).ifPresent(errors::add);
    if (value == null) {
      ScalarRules.enumeration(schema, value, path).ifPresent(errors::add);
      return errors.isEmpty() || old == null ? List.of() : errors;
    }
    errors.addAll(combined(schema, value, path));
    ScalarRules.content(schema, value, path, errors);
    if (value instanceof List<?>) {
      list(schema, Json.list(value), old, path, errors);
    }
    ScalarRules.enumeration(schema, value, path).ifPresent(errors::add);
    if (value instanceof Map<?, ?>) {
      map(schema, Json.map(value), old, path, errors);
    }
    return errors.isEmpty() || (old != ABSENT && Json.equal(old, value)) ? List.of() : errors;
  }

  private static void list(
      Map<String, Object> schema,
      List<Object> list,
      @Nullable Object old,
      String path,
      List<FieldError> errors) {
    Map<String, Object> items = CrdPruning.object(schema.get("items"));
    if (items != null) {
      for (int i = 0; i < list.size(); i++) {
        Object item = list.get(i);
        errors.addAll(
            value(items, item, oldItem(schema, Json.list(old), item), path + "[" + i + "]"));
      }
    }
    if (ScalarRules.number(schema, "minItems") instanceof Long min && list.size() < min) {
      errors.add(
          FieldErrors.invalid(
              path, (long) list.size(), path + " in body should have at least " + min + " items"));
    }
    if (ScalarRules.number(schema, "maxItems") instanceof Long max && list.size() > max) {
      errors.add(FieldErrors.tooMany(path, list.size(), max));
    }
  }

  /** The item of the old list with the same keys. */
  static @Nullable Object oldItem(
      Map<String, Object> schema, List<Object> old, @Nullable Object item) {
    if (!"map".equals(schema.get("x-kubernetes-list-type"))) {
      return ABSENT;
    }
    Map<String, Object> keys = ListRules.keysOf(schema, item);
    for (Object candidate : old) {
      if (Json.equal(ListRules.keysOf(schema, candidate), keys)) {
        return candidate;
      }
    }
    return ABSENT;
  }

  private static void map(
      Map<String, Object> schema,
      Map<String, Object> map,
      @Nullable Object old,
      String path,
      List<FieldError> errors) {
    if (ScalarRules.number(schema, "minProperties") instanceof Long min && map.size() < min) {
      errors.add(
          FieldErrors.invalid(
              path,
              (long) map.size(),
              path + " in body should have at least " + min + " properties"));
    }
    if (ScalarRules.number(schema, "maxProperties") instanceof Long max && map.size() > max) {
      errors.add(FieldErrors.tooMany(path, map.size(), max));
    }
    map.forEach(
        (name, field) -> {
          Map<String, Object> property = CrdPruning.property(schema, name);
          if (property != null) {
            errors.addAll(value(property, field, Json.get(Json.map(old), name), join(path, name)));
          }
        });
    required(schema, map, path, errors);
  }

  private static void required(
      Map<String, Object> schema, Map<String, Object> map, String path, List<FieldError> errors) {
    List<Object> names = new ArrayList<>(Json.list(schema.get("required")));
    if (CrdPruning.is(schema, "x-kubernetes-embedded-resource")) {
      names.add("apiVersion");
      names.add("kind");
    }
    for (Object name : names) {
      if (!map.containsKey(String.valueOf(name))) {
        errors.add(FieldErrors.required(join(path, String.valueOf(name))));
      }
    }
  }

  private static List<FieldError> combined(Map<String, Object> schema, Object value, String path) {
    List<FieldError> errors = new ArrayList<>();
    List<List<FieldError>> any = alternatives(schema, "anyOf", value, path);
    if (!any.isEmpty() && any.stream().noneMatch(List::isEmpty)) {
      errors.add(unplaced(path, "must validate at least one schema (anyOf)"));
      errors.addAll(any.get(0));
    }
    List<List<FieldError>> one = alternatives(schema, "oneOf", value, path);
    long valid = one.stream().filter(List::isEmpty).count();
    if (!one.isEmpty() && valid != 1) {
      String found = valid == 0 ? "none valid" : valid + " valid alternatives";
      errors.add(unplaced(path, "must validate one and only one schema (oneOf). Found " + found));
      if (valid == 0) {
        errors.addAll(one.get(0));
      }
    }
    List<List<FieldError>> all = alternatives(schema, "allOf", value, path);
    all.forEach(errors::addAll);
    if (all.stream().anyMatch(each -> !each.isEmpty())) {
      boolean none = all.stream().noneMatch(List::isEmpty);
      errors.add(
          unplaced(
              path, "must validate all the schemas (allOf)" + (none ? ". None validated" : "")));
    }
    Map<String, Object> not = CrdPruning.object(schema.get("not"));
    if (not != null && value(not, value, ABSENT, path).isEmpty()) {
      errors.add(unplaced(path, "must not validate the schema (not)"));
    }
    return errors;
  }

  private static FieldError unplaced(String path, String what) {
    return FieldErrors.unplaced('"' + path + "\" " + what);
  }

  private static List<List<FieldError>> alternatives(
      Map<String, Object> schema, String of, Object value, String path) {
    return Json.list(schema.get(of)).stream()
        .map(each -> value(Json.map(each), value, ABSENT, path))
        .toList();
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
