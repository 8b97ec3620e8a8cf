package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.testkit.apply.ListType.Relation;
import io.kcp.upstream.testkit.apply.Type.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes types of the structural schema of a CRD. */
final class CrdTypes {
  private CrdTypes() {}

  /** The type of a whole object. */
  static Type root(Map<String, Object> schema, boolean preserveUnknown) {
    return resource(schema, preserveUnknown);
  }

  /** The type of an object that has metadata, whatever its schema says about that. */
  private static Type resource(Map<String, Object> schema, boolean preserveUnknown) {
    boolean open = preserveUnknown || preserves(schema);
    Map<String, MapType.Field> fields = new LinkedHashMap<>();
    fields.put("apiVersion", MapType.Field.of(Type.of(Scalar.STRING)));
    fields.put("kind", MapType.Field.of(Type.of(Scalar.STRING)));
    fields.put("metadata", MapType.Field.of(TypeTable.BUILT_IN.type("meta.v1.ObjectMeta")));
    properties(schema, open).forEach(fields::putIfAbsent);
    MapType map = new MapType(false, fields);
    if (open) {
      map.allowOthers(() -> Type.DEDUCED);
    }
    return Type.of(map);
  }

  private static boolean preserves(Map<String, Object> schema) {
    return Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"));
  }

  private static Map<String, MapType.Field> properties(Map<String, Object> schema, boolean open) {
    Map<String, MapType.Field> fields = new LinkedHashMap<>();
    Json.map(schema.get("properties"))
        .forEach(
            (name, property) -> {
              Map<String, Object> of = Json.map(property);
              Type type = type(of, open);
              fields.put(
                  name,
                  new MapType.Field(() -> type, MapType.Presence.OPTIONAL, of.get("default"), ""));
            });
    return fields;
  }

  private static Type type(Map<String, Object> schema, boolean preserveUnknown) {
    boolean open = preserveUnknown || preserves(schema);
    if (Boolean.TRUE.equals(schema.get("x-kubernetes-embedded-resource"))) {
      return resource(schema, open);
    }
    return switch (Json.string(schema, "type")) {
      case "object" -> Type.of(map(schema, open));
      case "array" -> Type.of(list(schema, open));
      case "string" -> Type.of(Scalar.STRING);
      case "integer" -> Type.of(Scalar.INTEGER);
      case "number" -> Type.of(Scalar.NUMBER);
      case "boolean" -> Type.of(Scalar.BOOLEAN);
      default -> new Type(Scalar.ANY, list(schema, open), map(schema, open));
    };
  }

  private static MapType map(Map<String, Object> schema, boolean open) {
    boolean atomic = "atomic".equals(schema.get("x-kubernetes-map-type"));
    MapType map = new MapType(atomic, properties(schema, open));
    @Nullable Object additional = schema.get("additionalProperties");
    if (additional instanceof Map<?, ?>) {
      Type others = type(Json.map(additional), open);
      return map.allowOthers(() -> others);
    }
    boolean isOpen =
        additional == null ? open || map.fields().isEmpty() : Boolean.TRUE.equals(additional);
    return isOpen ? map.allowOthers(() -> Type.DEDUCED) : map;
  }

  private static ListType list(Map<String, Object> schema, boolean open) {
    Type items =
        schema.containsKey("items") ? type(Json.map(schema.get("items")), open) : Type.ATOMIC;
    List<String> keys =
        Json.list(schema.get("x-kubernetes-list-map-keys")).stream().map(String::valueOf).toList();
    Relation relation =
        switch (Json.string(schema, "x-kubernetes-list-type")) {
          case "map" -> Relation.MAP;
          case "set" -> Relation.SET;
          default -> Relation.ATOMIC;
        };
    return new ListType(relation, keys, () -> items);
  }
}
