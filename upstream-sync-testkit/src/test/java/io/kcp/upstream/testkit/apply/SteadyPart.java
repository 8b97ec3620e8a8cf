package io.kcp.upstream.testkit.apply;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of an answer that two servers asked alike give alike, leaf by leaf: of UIDs, versions,
 * times and allocated addresses it says only that they are there.
 */
final class SteadyPart {
  private static final Set<String> VOLATILE =
      Set.of(
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp",
          "time",
          "continue",
          "clusterIP",
          "clusterIPs",
          "nodePort");

  private SteadyPart() {}

  static Map<String, String> of(Map<String, Object> body) {
    Map<String, String> leaves = new TreeMap<>();
    flatten("", body, leaves);
    if (body.get("code") instanceof Long code && code == 422) {
      leaves.remove(".message"); // the causes, in any order
    }
    return leaves;
  }

  /** What columns are about is told in each server's own words. */
  private static boolean isVolatile(String path, String name) {
    return VOLATILE.contains(name)
        || (name.equals("description") && path.startsWith(".columnDefinitions"));
  }

  private static void flatten(String path, @Nullable Object value, Map<String, String> leaves) {
    if (Json.isEmpty(value) || Json.isScalar(value)) {
      leaves.put(path, text(path, value));
    }
    Json.map(value)
        .forEach(
            (name, field) -> {
              if (isVolatile(path, name)) {
                leaves.put(path + "." + name, "None".equals(field) ? "None" : "<volatile>");
              } else {
                flatten(path + "." + name, field, leaves);
              }
            });
    int index = 0;
    for (Object item : inOrder(path, Json.list(value))) {
      flatten(path + "[" + index++ + "]", item, leaves);
    }
  }

  /** Entries that a server sorts by time, or by chance. */
  private static List<Object> inOrder(String path, List<Object> list) {
    if (path.endsWith(".managedFields")) {
      return sorted(list, "operation", "manager", "subresource");
    }
    return path.endsWith(".causes") ? sorted(list, "field", "reason", "message") : list;
  }

  private static List<Object> sorted(List<Object> list, String... fields) {
    return list.stream()
        .distinct()
        .sorted(
            Comparator.comparing(
                item ->
                    List.of(fields).stream()
                        .map(field -> Json.string(Json.map(item), field))
                        .collect(Collectors.joining(" "))))
        .collect(Collectors.toList());
  }

  private static String text(String path, @Nullable Object value) {
    String text = FieldErrors.print(value);
    if (path.contains(".cells[")) {
      return text.replaceAll("\\d+\\.\\d+\\.\\d+\\.\\d+", "<address>")
          .replaceAll("^\"\\d+(m\\d*)?s?\"$", "<age>");
    }
    return path.endsWith("message")
        ? text.replaceAll("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "<uid>")
            .replaceAll("\\(\\d+\\)", "(<version>)")
            .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d[^\"]*", "<time>")
        : text;
  }
}
