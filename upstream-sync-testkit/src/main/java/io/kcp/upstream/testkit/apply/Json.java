package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads JSON trees of JDK maps and lists. A value that is not there at all is {@link #ABSENT}. */
final class Json {
  /** Stands for "no such field", which JSON's null is not. */
  static final Object ABSENT =
      new Object() {
        @Override
        public String toString() {
          return "(absent)";
        }
      };

  private Json() {}

  static boolean isScalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  /** The value as an object; an empty one when it is none. */
  @SuppressWarnings("unchecked") // JSON: the names of an object's members are strings
  static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The value as a list; an empty one when it is none. */
  @SuppressWarnings("unchecked") // JSON: everything is an object
  static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Object>) list : List.of();
  }

  static @Nullable Object get(Map<String, Object> map, String key) {
    Object value = map.get(key);
    return value != null || map.containsKey(key) ? value : ABSENT;
  }

  /** The string at the path of fields, or "" when there is none. */
  static String string(Map<String, Object> map, String... path) {
    Object value = map;
    for (String name : path) {
      value = map(value).get(name);
    }
    return value instanceof String text ? text : "";
  }

  static boolean isEmpty(@Nullable Object value) {
    return value == null
        || value == ABSENT
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  /** A copy that shares nothing with the value and may be changed. */
  static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return copy(map(value));
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return value;
  }

  static Map<String, Object> copy(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> put(copy, key, copy(value)));
    return copy;
  }

  /** Puts a value that may be null. */
  @SuppressWarnings("NullAway") // JSON null is a value of these maps
  static void put(Map<String, Object> map, String key, @Nullable Object value) {
    map.put(key, value);
  }

  /** Whether two values are the same JSON, whatever classes their numbers have. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Map<?, ?> && right instanceof Map<?, ?>) {
      return equalMaps(map(left), map(right));
    }
    if (left instanceof List<?> && right instanceof List<?>) {
      return equalLists(list(left), list(right));
    }
    if (left instanceof Number one && right instanceof Number other) {
      return (isWhole(one) && isWhole(other))
          ? one.longValue() == other.longValue()
          : one.doubleValue() == other.doubleValue();
    }
    return Objects.equals(left, right);
  }

  static boolean isWhole(@Nullable Object number) {
    return number instanceof Long || number instanceof Integer;
  }

  private static boolean equalMaps(Map<String, Object> left, Map<String, Object> right) {
    return left.size() == right.size()
        && left.entrySet().stream()
            .allMatch(entry -> equal(entry.getValue(), get(right, entry.getKey())));
  }

  private static boolean equalLists(List<Object> left, List<Object> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }
}
