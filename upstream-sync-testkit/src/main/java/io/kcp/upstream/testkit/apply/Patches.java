package io.kcp.upstream.testkit.apply;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The patch types beside apply. No argument is changed; results may share parts with arguments. */
public final class Patches {
  private Patches() {}

  /**
   * RFC 6902.
   *
   * @param patch the parsed body: a list of operations
   * @throws PatchException when it is no list (400), has more than 10,000 operations (413), or an
   *     operation or test fails (422)
   */
  public static Map<String, Object> jsonPatch(Map<String, Object> object, Object patch) {
    return JsonPatch.apply(object, patch);
  }

  /**
   * RFC 7386.
   *
   * @throws PatchException when {@code patch} is no object (400)
   */
  public static Map<String, Object> mergePatch(Map<String, Object> object, Object patch) {
    if (!(patch instanceof Map<?, ?>)) {
      throw notAnObject(patch);
    }
    return merge(object, Json.map(patch));
  }

  private static Map<String, Object> merge(Map<String, Object> target, Map<String, Object> patch) {
    Map<String, Object> merged = new LinkedHashMap<>(target);
    patch.forEach(
        (key, value) -> {
          if (value == null) {
            merged.remove(key);
          } else if (value instanceof Map<?, ?>) {
            merged.put(key, merge(Json.map(merged.get(key)), Json.map(value)));
          } else {
            merged.put(key, value);
          }
        });
    return merged;
  }

  private static PatchException notAnObject(@Nullable Object patch) {
    return new PatchException(
        400,
        "error decoding patch: json: cannot unmarshal %s into Go value of type map[string]interface {}"
            .formatted(goType(patch)));
  }

  static String goType(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return "object";
    }
    if (value instanceof List<?>) {
      return "array";
    }
    return value instanceof Number ? "number" : value instanceof Boolean ? "bool" : "string";
  }

  /**
   * Kubernetes' strategic merge: lists merge by the schema's patch keys, with {@code $patch},
   * {@code $retainKeys}, {@code $setElementOrder/x} and {@code $deleteFromPrimitiveList/x}.
   *
   * @param schema of a built-in kind
   * @throws PatchException when {@code patch} is no object (400) or breaks a rule (400 or 500)
   */
  public static Map<String, Object> strategicMerge(
      Map<String, Object> object, Object patch, Schema schema) {
    if (!(patch instanceof Map<?, ?>)) {
      throw new PatchException(
          400,
          "json: cannot unmarshal %s into Go value of type map[string]interface {}"
              .formatted(goType(patch)));
    }
    return StrategicMerge.merge(object, Json.map(patch), KindSchema.of(schema).root());
  }
}
