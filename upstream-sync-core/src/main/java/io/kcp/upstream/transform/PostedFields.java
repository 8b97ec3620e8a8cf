package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts the fields that a server notes for a POST into the form in which it notes an apply of the
 * same object. The two differ in nodes alone: a POST also owns each map and list that it brought,
 * where an apply owns those that no schema declares.
 */
final class PostedFields {
  private static final String SELF = ".";
  private static final String FIELD = "f:";

  private PostedFields() {}

  static Map<String, Object> asApplied(Map<String, ?> fieldsV1, MergeSchema schema) {
    return below(fieldsV1, schema, 0);
  }

  private static Map<String, Object> below(Map<String, ?> node, MergeSchema schema, int depth) {
    Map<String, Object> applied = new LinkedHashMap<>();
    node.forEach((key, child) -> applied.put(key, child(key, child, schema, depth)));
    return applied;
  }

  private static Object child(String key, Object child, MergeSchema parent, int depth) {
    if (!(child instanceof Map<?, ?> map) || map.isEmpty()) {
      return child;
    }
    boolean isField = key.startsWith(FIELD);
    String name = isField ? key.substring(FIELD.length()) : "";
    MergeSchema schema = isField ? OwnershipWalk.field(parent, name, depth) : parent.items();
    @SuppressWarnings("unchecked") // JSON
    Map<String, Object> applied = below((Map<String, Object>) map, schema, depth + 1);
    if (applied.size() > 1 && isField && OwnershipWalk.isNeverNode(parent, name, depth)) {
      applied.remove(SELF);
    }
    return applied;
  }
}
