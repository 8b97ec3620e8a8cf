package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.testkit.apply.Type.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes built-in types as OpenAPI v3 schemas, without descriptions. */
public final class OpenApiTypes {
  private static final String REFERENCE = "#/components/schemas/";

  private final TypeTable table = TypeTable.BUILT_IN;
  private final Map<String, Object> schemas;

  /**
   * @param schemas what {@code components.schemas} of the document will be; types are added to it
   */
  public OpenApiTypes(Map<String, Object> schemas) {
    this.schemas = schemas;
  }

  /**
   * Adds the type of a built-in kind and all types that it uses.
   *
   * @param group "" for the core group
   * @return the name that the kind's type has in the document; null when the kind is not known
   */
  public @Nullable String add(String group, String version, String kind) {
    String name = table.typeName(group + "/" + version + " " + kind);
    return name == null ? null : addStruct(name);
  }

  /** Adds the type of all metadata; returns its name in the document. */
  public String addObjectMeta() {
    return addStruct("meta.v1.ObjectMeta");
  }

  private String addStruct(String name) {
    String full =
        name.startsWith("meta.") ? "io.k8s.apimachinery.pkg.apis." + name : "io.k8s.api." + name;
    if (!schemas.containsKey(full)) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schemas.put(full, schema); // before its fields: types may contain themselves
      MapType struct = table.type(name).asMap();
      schema.put("type", "object");
      Map<String, Object> properties = new LinkedHashMap<>();
      struct.fields().forEach((field, type) -> properties.put(field, field(type)));
      if (!properties.isEmpty()) {
        schema.put("properties", properties);
      }
      if (struct.isAtomic()) {
        schema.put("x-kubernetes-map-type", "atomic");
      }
    }
    return full;
  }

  private Map<String, Object> field(MapType.Field field) {
    Map<String, Object> schema = new LinkedHashMap<>(schema(field.type()));
    if (field.defaultValue() != null) {
      schema.put("default", field.defaultValue());
    }
    if (!field.patch().isEmpty()) {
      String[] patch = field.patch().split(":", 2);
      schema.put("x-kubernetes-patch-strategy", patch[0]);
      if (patch.length > 1) {
        schema.put("x-kubernetes-patch-merge-key", patch[1]);
      }
    }
    return schema;
  }

  private Map<String, Object> schema(Type type) {
    if (type.scalar() == Scalar.ANY) { // an extension when it is owned whole, else any JSON
      return type.asMap().isAtomic() ? Map.of("type", "object") : Map.of();
    }
    if (type.list() != null) {
      return list(type.asList());
    }
    return type.map() == null ? scalar(type.scalar()) : map(type.asMap());
  }

  private Map<String, Object> list(ListType list) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", schema(list.items()));
    switch (list.relation()) {
      case ATOMIC -> schema.put("x-kubernetes-list-type", "atomic");
      case SET -> schema.put("x-kubernetes-list-type", "set");
      case MAP -> {
        schema.put("x-kubernetes-list-type", "map");
        schema.put("x-kubernetes-list-map-keys", list.keys());
      }
    }
    return schema;
  }

  private Map<String, Object> map(MapType map) {
    Map<String, Object> schema = new LinkedHashMap<>();
    Type others = map.others();
    String struct = table.nameOf(map);
    boolean wholeAnyway = false;
    if (struct != null) {
      schema.put("allOf", List.of(Map.of("$ref", REFERENCE + addStruct(struct))));
      wholeAnyway = table.type(struct).asMap().isAtomic();
    } else {
      schema.put("type", "object");
      if (others != null) {
        schema.put("additionalProperties", schema(others));
      }
    }
    if (map.isAtomic() != wholeAnyway) {
      schema.put("x-kubernetes-map-type", map.isAtomic() ? "atomic" : "granular");
    }
    return schema;
  }

  private static Map<String, Object> scalar(@Nullable Scalar scalar) {
    if (scalar == null) {
      return Map.of();
    }
    return switch (scalar) {
      case STRING -> Map.of("type", "string");
      case INTEGER -> Map.of("type", "integer", "format", "int64");
      case NUMBER -> Map.of("type", "number");
      case BOOLEAN -> Map.of("type", "boolean");
      case QUANTITY -> Map.of("oneOf", List.of(Map.of("type", "string"), Map.of("type", "number")));
      case INT_OR_STRING ->
          Map.of(
              "format",
              "int-or-string",
              "oneOf",
              List.of(Map.of("type", "integer"), Map.of("type", "string")));
      case TIME, MICRO_TIME -> Map.of("type", "string", "format", "date-time");
      case BYTES -> Map.of("type", "string", "format", "byte");
      case ANY -> Map.of("x-kubernetes-preserve-unknown-fields", true);
    };
  }
}
