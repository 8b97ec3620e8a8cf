package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simple JSON paths of CRDs: {@code .spec.replicas}, {@code .a['b.c']}, {@code .list[0]},
 * {@code .list[*].x}, {@code .conditions[?(@.type=="Ready")].status}. A path of any other form
 * finds nothing.
 */
record JsonPath(List<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.([A-Za-z0-9_\\-\\\\./]+?)(?=[.\\[]|$)|\\['([^']*)'\\]|\\[(\\d+|\\*)\\]"
              + "|\\[\\?\\(@\\.([A-Za-z0-9_.]+)\\s*==\\s*[\"']([^\"']*)[\"']\\)\\]");

  /** Goes one level down. */
  interface Step {
    void from(Object value, List<Object> found);
  }

  static JsonPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      steps.add(step(matcher));
      end = matcher.end();
    }
    return new JsonPath(end == text.length() ? List.copyOf(steps) : List.of());
  }

  private static Step step(Matcher matcher) {
    String field = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    String index = matcher.group(3);
    String filter = matcher.group(4);
    String wanted = matcher.group(5);
    return (value, found) -> {
      if (field != null && value instanceof Map<?, ?> map && map.get(field) != null) {
        found.add(map.get(field));
      } else if (index != null && value instanceof List<?> list) {
        pick(list, index, found);
      } else if (filter != null && value instanceof List<?> list) {
        for (Object item : list) {
          if (wanted.equals(Tree.get(Tree.asMap(item), filter.split("\\.", -1)))) {
            found.add(item);
          }
        }
      }
    };
  }

  private static void pick(List<?> list, String index, List<Object> found) {
    if (index.equals("*")) {
      found.addAll(list);
    } else if (Integer.parseInt(index) < list.size()) {
      found.add(list.get(Integer.parseInt(index)));
    }
  }

  /** All values that the path leads to. */
  List<Object> find(Map<String, Object> object) {
    if (steps.isEmpty()) {
      return List.of();
    }
    List<Object> values = List.of(object);
    for (Step step : steps) {
      List<Object> next = new ArrayList<>();
      values.forEach(value -> step.from(value, next));
      values = next;
    }
    return values;
  }
}
