package io.kcp.upstream.testkit.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads and rewrites JSON trees. Nothing is ever changed in place: {@code with} and {@code without}
 * copy the maps on the way and share the rest.
 */
final class Tree {
  private Tree() {}

  static @Nullable Object get(Map<String, Object> tree, String... path) {
    Object value = tree;
    for (String step : path) {
      if (!(value instanceof Map<?, ?> map)) {
        return null;
      }
      value = map.get(step);
    }
    return value;
  }

  static boolean has(Map<String, Object> tree, String... path) {
    return get(tree, path) != null;
  }

  /** The string there, "" when there is none. */
  static String string(Map<String, Object> tree, String... path) {
    return get(tree, path) instanceof String text ? text : "";
  }

  static boolean isTrue(Map<String, Object> tree, String... path) {
    return Boolean.TRUE.equals(get(tree, path));
  }

  static long number(Map<String, Object> tree, long otherwise, String... path) {
    return get(tree, path) instanceof Number number ? number.longValue() : otherwise;
  }

  /** The object there, empty when there is none. */
  static Map<String, Object> map(Map<String, Object> tree, String... path) {
    return asMap(get(tree, path));
  }

  /** The list there, empty when there is none. */
  static List<Object> list(Map<String, Object> tree, String... path) {
    return get(tree, path) instanceof List<?> list ? asObjects(list) : List.of();
  }

  /** The objects in the list there. */
  static List<Map<String, Object>> maps(Map<String, Object> tree, String... path) {
    return list(tree, path).stream().filter(Map.class::isInstance).map(Tree::asMap).toList();
  }

  /** The strings in the list there. */
  static List<String> strings(Map<String, Object> tree, String... path) {
    return list(tree, path).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  @SuppressWarnings("unchecked") // the keys of a JSON object are strings
  static Map<String, Object> asMap(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  @SuppressWarnings("unchecked") // every list is one of objects
  private static List<Object> asObjects(List<?> list) {
    return (List<Object>) list;
  }

  static Map<String, Object> with(
      Map<String, Object> tree, @Nullable Object value, String... path) {
    return value == null ? without(tree, path) : with(tree, value, path, 0);
  }

  private static Map<String, Object> with(
      Map<String, Object> tree, Object value, String[] path, int at) {
    if (at == path.length - 1 && Objects.equals(tree.get(path[at]), value)) {
      return tree;
    }
    Map<String, Object> copy = new LinkedHashMap<>(tree);
    copy.put(
        path[at],
        at == path.length - 1 ? value : with(asMap(tree.get(path[at])), value, path, at + 1));
    return copy;
  }

  static Map<String, Object> without(Map<String, Object> tree, String... path) {
    return without(tree, path, 0);
  }

  private static Map<String, Object> without(Map<String, Object> tree, String[] path, int at) {
    if (!tree.containsKey(path[at])) {
      return tree;
    }
    Map<String, Object> copy = new LinkedHashMap<>(tree);
    if (at == path.length - 1) {
      copy.remove(path[at]);
    } else if (tree.get(path[at]) instanceof Map<?, ?> child) {
      copy.put(path[at], without(asMap(child), path, at + 1));
    }
    return copy;
  }
}
