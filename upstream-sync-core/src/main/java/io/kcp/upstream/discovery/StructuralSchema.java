package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.ObjectTree;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a kind's schema in an OpenAPI v3 document one that a CRD may have: references are
 * written out, what refers to itself is left open, descriptions and defaults go. How lists and maps
 * merge stays.
 */
final class StructuralSchema {
  private static final String OPEN = "x-kubernetes-preserve-unknown-fields";
  private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
  private static final String LIST_TYPE = "x-kubernetes-list-type";
  private static final String LIST_KEYS = "x-kubernetes-list-map-keys";
  private static final String MAP_TYPE = "x-kubernetes-map-type";
  private static final String KINDS = "x-kubernetes-group-version-kind";
  private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata");

  /** What says which values are valid, and is said in a CRD in the same way. */
  private static final List<String> LIMITS =
      List.of(
          "format",
          "enum",
          "pattern",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "multipleOf",
          "nullable");

  /** Keys of list-maps that the API server fills in, and its document does not say with what. */
  private static final Map<String, Object> KEY_DEFAULTS = Map.of("protocol", "TCP");

  private final Map<String, Object> named;
  private final Set<String> entered = new HashSet<>();

  private StructuralSchema(Map<String, Object> named) {
    this.named = named;
  }

  /** The schema of whole objects of a type; empty where the document has none. */
  static Optional<Map<String, Object>> of(ObjectTree document, ResourceType type) {
    Map<String, Object> named =
        document.tree("components.schemas").map(ObjectTree::asMap).orElse(Map.of());
    return named.values().stream()
        .filter(schema -> isOf(schema, type))
        .findFirst()
        .map(schema -> new StructuralSchema(named).whole(map(schema)));
  }

  private static boolean isOf(Object schema, ResourceType type) {
    Map<String, String> kind =
        Map.of("group", type.resource().group(), "version", type.version(), "kind", type.kind());
    return map(schema).get(KINDS) instanceof List<?> kinds && kinds.contains(kind);
  }

  private Map<String, Object> whole(Map<String, Object> schema) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("apiVersion", Map.of("type", "string"));
    properties.put("kind", Map.of("type", "string"));
    properties.put("metadata", Map.of("type", "object"));
    map(schema.get("properties"))
        .forEach(
            (name, field) -> {
              if (!IDENTITY.contains(name)) {
                properties.put(name, converted(field));
              }
            });
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("type", "object");
    whole.put("properties", properties);
    List<Object> required =
        list(schema.get("required")).stream().filter(name -> !IDENTITY.contains(name)).toList();
    if (!required.isEmpty()) {
      whole.put("required", required);
    }
    if (properties.size() == IDENTITY.size()) {
      whole.put(OPEN, true);
    }
    return whole;
  }

  private Map<String, Object> converted(@Nullable Object schema) {
    Map<String, Object> own = map(schema);
    String reference = reference(own);
    if (reference.isEmpty()) {
      return node(own);
    }
    if (!entered.add(reference)) {
      return open();
    }
    Map<String, Object> merged = new LinkedHashMap<>(map(named.get(reference)));
    own.forEach(
        (key, value) -> {
          if (!key.equals("$ref") && !key.equals("allOf")) {
            merged.put(key, value);
          }
        });
    Map<String, Object> node = converted(merged);
    entered.remove(reference);
    return node;
  }

  /** The name referred to, directly or as the one part of an {@code allOf}; "" for none. */
  private static String reference(Map<String, Object> schema) {
    List<Object> parts = list(schema.get("allOf"));
    Object from = parts.size() == 1 ? map(parts.get(0)).get("$ref") : schema.get("$ref");
    return from instanceof String text ? text.substring(text.lastIndexOf('/') + 1) : "";
  }

  private Map<String, Object> node(Map<String, Object> schema) {
    if (isIntOrString(schema)) {
      return new LinkedHashMap<>(Map.of(INT_OR_STRING, true));
    }
    if (!(schema.get("type") instanceof String type)) {
      return new LinkedHashMap<>(Map.of(OPEN, true));
    }
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("type", type);
    LIMITS.stream().filter(schema::containsKey).forEach(key -> node.put(key, schema.get(key)));
    if (type.equals("object")) {
      object(schema, node);
    } else if (type.equals("array")) {
      array(schema, node);
    }
    return node;
  }

  private static boolean isIntOrString(Map<String, Object> schema) {
    return "int-or-string".equals(schema.get("format")) || list(schema.get("oneOf")).size() == 2;
  }

  private void object(Map<String, Object> schema, Map<String, Object> node) {
    Map<String, Object> properties = map(schema.get("properties"));
    if (!properties.isEmpty()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      properties.forEach((name, field) -> fields.put(name, converted(field)));
      node.put("properties", fields);
      if (!list(schema.get("required")).isEmpty()) {
        node.put("required", schema.get("required"));
      }
    } else if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
      node.put("additionalProperties", converted(values));
    } else {
      node.put(OPEN, true);
    }
    if (schema.containsKey(MAP_TYPE)) {
      node.put(MAP_TYPE, schema.get(MAP_TYPE));
    }
  }

  private void array(Map<String, Object> schema, Map<String, Object> node) {
    Map<String, Object> items = converted(schema.get("items"));
    node.put("items", items);
    Object kind = schema.get(LIST_TYPE);
    if ("map".equals(kind)) {
      List<Object> keys = list(schema.get(LIST_KEYS));
      if (keys.stream().allMatch(key -> isKey(items, (String) key))) {
        node.put(LIST_TYPE, kind);
        node.put(LIST_KEYS, keys);
      }
    } else if (kind != null) {
      node.put(LIST_TYPE, kind);
    }
  }

  /** A CRD's list-map keys must be required, or have a default. */
  @SuppressWarnings("unchecked") // made here
  private static boolean isKey(Map<String, Object> items, String key) {
    Map<String, Object> properties = map(items.get("properties"));
    if (!properties.containsKey(key)) {
      return false;
    }
    if (list(items.get("required")).contains(key)) {
      return true;
    }
    Object standard = KEY_DEFAULTS.get(key);
    if (standard != null) {
      ((Map<String, Object>) properties.get(key)).put("default", standard);
    }
    return standard != null;
  }

  private static Map<String, Object> open() {
    return new LinkedHashMap<>(Map.of("type", "object", OPEN, true));
  }

  @SuppressWarnings("unchecked") // JSON
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked") // JSON
  private static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Object>) list : List.of();
  }
}
