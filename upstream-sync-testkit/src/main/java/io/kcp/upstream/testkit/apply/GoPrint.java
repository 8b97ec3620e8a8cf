package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints JSON values as the server's messages show them. */
final class GoPrint {
  private GoPrint() {}

  /** As {@code %v} does: {@code map[a:1]}, {@code [x y]}. */
  static String plain(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return new TreeMap<>(Json.map(value))
          .entrySet().stream()
              .map(entry -> entry.getKey() + ":" + plain(entry.getValue()))
              .collect(Collectors.joining(" ", "map[", "]"));
    }
    if (value instanceof List<?>) {
      return Json.list(value).stream()
          .map(GoPrint::plain)
          .collect(Collectors.joining(" ", "[", "]"));
    }
    return value == null ? "<nil>" : value.toString();
  }

  /** As {@code %#v} does: with types. */
  static String typed(@Nullable Object value) {
    if (value instanceof Map<?, ?>) {
      return new TreeMap<>(Json.map(value))
          .entrySet().stream()
              .map(entry -> '"' + entry.getKey() + "\":" + typed(entry.getValue()))
              .collect(Collectors.joining(", ", "map[string]interface {}{", "}"));
    }
    if (value instanceof List<?>) {
      return Json.list(value).stream()
          .map(GoPrint::typed)
          .collect(Collectors.joining(", ", "[]interface {}{", "}"));
    }
    return value instanceof String ? '"' + value.toString() + '"' : plain(value);
  }

  /** As {@code %T} does. */
  static String type(Object value) {
    if (value instanceof Map<?, ?>) {
      return "map[string]interface {}";
    }
    if (value instanceof List<?>) {
      return "[]interface {}";
    }
    return value instanceof String ? "string" : value instanceof Boolean ? "bool" : "int64";
  }
}
