package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.FieldPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From a schema and an object that has every field of it: each field in turn with values that the
 * schema forbids.
 */
final class WrongValues {
  private final Map<FieldPath, List<Object>> wrong = new TreeMap<>();
  private final List<FieldPath> required = new ArrayList<>();
  private final List<FieldPath> objects = new ArrayList<>();
  private final List<FieldPath> missing = new ArrayList<>();

  private WrongValues() {}

  static WrongValues of(Map<String, ?> schema, FieldPath path, Object example) {
    WrongValues values = new WrongValues();
    values.visit(schema, path, example);
    return values;
  }

  /** Fields, and what must be refused there. */
  Map<FieldPath, List<Object>> wrong() {
    return wrong;
  }

  /** Fields that must be refused when absent. */
  List<FieldPath> required() {
    return required;
  }

  /** Objects that refuse a field that they don't know. */
  List<FieldPath> objects() {
    return objects;
  }

  /** Fields of the schema that the example lacks. */
  List<FieldPath> missing() {
    return missing;
  }

  private void visit(Map<String, ?> schema, FieldPath path, Object example) {
    if (example == null) {
      missing.add(path);
      return;
    }
    wrong.put(path, wrongFor(schema, example));
    if (example instanceof Map<?, ?> fields) {
      if (schema.containsKey("properties")) {
        objects.add(path);
        object(schema, "properties")
            .forEach((name, below) -> visit(schema(below), path.field(name), fields.get(name)));
        list(schema, "required").forEach(name -> required.add(path.field((String) name)));
      } else {
        fields.forEach(
            (name, value) ->
                visit(object(schema, "additionalProperties"), path.field((String) name), value));
      }
    } else if (example instanceof List<?> items) {
      visit(object(schema, "items"), path.index(0), items.get(0));
    }
  }

  private static List<Object> wrongFor(Map<String, ?> schema, Object example) {
    List<Object> wrong = new ArrayList<>();
    if (schema.containsKey("x-kubernetes-int-or-string")) {
      return List.of(true, "lots");
    }
    switch ((String) schema.get("type")) {
      case "string" -> text(schema, wrong);
      case "integer" -> integer(schema, wrong);
      case "boolean" -> wrong.add("true");
      case "array" -> array(schema, (List<?>) example, wrong);
      default -> map(schema, wrong);
    }
    return wrong;
  }

  private static void text(Map<String, ?> schema, List<Object> wrong) {
    wrong.add(7L);
    if (schema.containsKey("enum") || schema.containsKey("pattern")) {
      wrong.add("Not right!");
    }
    if ("date-time".equals(schema.get("format"))) {
      wrong.add("yesterday");
    }
    if (schema.containsKey("minLength")) {
      wrong.add("");
    }
    if (schema.get("maxLength") instanceof Number most) {
      wrong.add("a".repeat(most.intValue() + 1));
    }
  }

  private static void integer(Map<String, ?> schema, List<Object> wrong) {
    wrong.add("7");
    wrong.add(0.5);
    if (schema.get("minimum") instanceof Number least) {
      wrong.add(least.longValue() - 1);
    }
    if (schema.get("maximum") instanceof Number most) {
      wrong.add(most.longValue() + 1);
    }
  }

  private static void array(Map<String, ?> schema, List<?> example, List<Object> wrong) {
    wrong.add("one");
    if (schema.containsKey("minItems")) {
      wrong.add(List.of());
    }
    boolean unique = List.of("set", "map").contains(schema.get("x-kubernetes-list-type") + "");
    if (unique) {
      wrong.add(Collections.nCopies(2, example.get(0)));
    }
    if (schema.get("maxItems") instanceof Number most && !unique) {
      wrong.add(Collections.nCopies(most.intValue() + 1, example.get(0)));
    }
  }

  private static void map(Map<String, ?> schema, List<Object> wrong) {
    wrong.add("one");
    if (schema.get("maxProperties") instanceof Number most) {
      Map<String, Object> many = new LinkedHashMap<>();
      for (int i = 0; i <= most.intValue(); i++) {
        many.put("k" + i, "v");
      }
      wrong.add(many);
    }
  }

  private static Map<String, ?> object(Map<String, ?> schema, String name) {
    return schema(schema.get(name));
  }

  private static List<?> list(Map<String, ?> schema, String name) {
    return schema.get(name) instanceof List<?> list ? list : List.of();
  }

  @SuppressWarnings("unchecked") // a schema is a JSON object
  private static Map<String, ?> schema(Object json) {
    return (Map<String, ?>) json;
  }
}
