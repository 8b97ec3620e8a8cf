package io.kcp.upstream.discovery;

import io.kcp.upstream.discovery.MergeSchema.Merge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads schemas of an OpenAPI v3 document as an API server reads them for server-side apply: what
 * is not said means granular maps and atomic lists. Never fails: what it does not understand is
 * untyped.
 */
final class SchemaReader {
  private static final String REFERENCE = "#/components/schemas/";
  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

  private SchemaReader() {}

  /** A schema with a name of its own. */
  static SchemaShape named(Map<?, ?> schema) {
    SchemaShape shape = read(schema);
    // In Go such a type is a free-form one (RawExtension), which servers take as a whole; written
    // in
    // place, as only a CRD does, it is an object that can have no field.
    boolean freeForm = "object".equals(schema.get("type")) && isEmpty(shape);
    return freeForm ? shape.keepingUnknown().merging(Merge.WHOLE) : shape;
  }

  private static boolean isEmpty(SchemaShape shape) {
    return shape.fields().isEmpty() && shape.others() == null;
  }

  private static SchemaShape read(Map<?, ?> schema) {
    Optional<String> reference = reference(schema);
    if (reference.isPresent()) {
      Merge merge = mapType(schema).orElse(Merge.DEDUCED);
      return SchemaShape.reference(reference.get(), merge, schema.get("default"));
    }
    Object type = schema.get("type");
    if (isScalar(schema) || isScalarChoice(schema)) {
      return SchemaShape.scalar(schema.get("default"));
    }
    if ("array".equals(type)) {
      return list(schema);
    }
    return "object".equals(type) || schema.get("properties") instanceof Map
        ? object(schema)
        : SchemaShape.untyped();
  }

  /** Built-in types put a reference into an allOf, so that a default can stand beside it. */
  private static Optional<String> reference(Map<?, ?> schema) {
    Object reference = schema.get("$ref");
    if (reference == null
        && schema.get("allOf") instanceof List<?> all
        && all.size() == 1
        && all.get(0) instanceof Map<?, ?> only) {
      reference = only.get("$ref");
    }
    return reference instanceof String text && text.startsWith(REFERENCE)
        ? Optional.of(text.substring(REFERENCE.length()))
        : Optional.empty();
  }

  /** Quantity and IntOrString, as built-in types and CRDs say them. */
  private static boolean isScalarChoice(Map<?, ?> schema) {
    if (schema.get("type") != null) {
      return false;
    }
    return isTrue(schema, "x-kubernetes-int-or-string")
        || (schema.get("oneOf") instanceof List<?> choices
            && !choices.isEmpty()
            && choices.stream().allMatch(SchemaReader::isScalar));
  }

  private static boolean isScalar(@Nullable Object schema) {
    return schema instanceof Map<?, ?> map
        && map.get("type") instanceof String name
        && SCALARS.contains(name);
  }

  private static SchemaShape list(Map<?, ?> schema) {
    SchemaShape items = schema.get("items") instanceof Map<?, ?> map ? read(map) : null;
    Object declared = schema.get("x-kubernetes-list-type");
    if ("map".equals(declared)) {
      return listMap(keys(schema.get("x-kubernetes-list-map-keys")), items);
    }
    if ("set".equals(declared)) {
      return SchemaShape.list(Merge.SET, List.of(), items);
    }
    return declared == null && strategy(schema).contains("merge")
        ? merged(schema.get("x-kubernetes-patch-merge-key"), items)
        : SchemaShape.list(Merge.WHOLE, List.of(), items);
  }

  /** Older servers declare some lists for strategic merge patches only. */
  private static SchemaShape merged(@Nullable Object key, @Nullable SchemaShape items) {
    return key instanceof String name
        ? listMap(List.of(name), items)
        : SchemaShape.list(Merge.SET, List.of(), items);
  }

  private static SchemaShape listMap(List<String> keys, @Nullable SchemaShape items) {
    return SchemaShape.list(keys.isEmpty() ? Merge.WHOLE : Merge.LIST_MAP, keys, items);
  }

  private static List<String> strategy(Map<?, ?> schema) {
    return schema.get("x-kubernetes-patch-strategy") instanceof String text
        ? List.of(text.split(",", -1))
        : List.of();
  }

  private static List<String> keys(@Nullable Object keys) {
    return keys instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  private static SchemaShape object(Map<?, ?> schema) {
    Map<String, SchemaShape> fields = new LinkedHashMap<>();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (name, field) -> {
            if (field instanceof Map<?, ?> map) {
              fields.put((String) name, read(map));
            }
          });
    }
    SchemaShape shape = SchemaShape.map(fields, others(schema.get("additionalProperties")));
    if (isTrue(schema, "x-kubernetes-preserve-unknown-fields")) {
      shape = shape.keepingUnknown();
    }
    if (isTrue(schema, "x-kubernetes-embedded-resource")) {
      shape = shape.embedding();
    }
    return mapType(schema).map(shape::merging).orElse(shape);
  }

  private static @Nullable SchemaShape others(@Nullable Object additional) {
    if (additional instanceof Map<?, ?> map) {
      return read(map);
    }
    return Boolean.TRUE.equals(additional) ? SchemaShape.untyped() : null;
  }

  private static Optional<Merge> mapType(Map<?, ?> schema) {
    Object declared = schema.get("x-kubernetes-map-type");
    if ("atomic".equals(declared)) {
      return Optional.of(Merge.WHOLE);
    }
    return "granular".equals(declared) ? Optional.of(Merge.FIELDS) : Optional.empty();
  }

  private static boolean isTrue(Map<?, ?> schema, String name) {
    return Boolean.TRUE.equals(schema.get(name));
  }
}
