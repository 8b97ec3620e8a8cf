package io.kcp.upstream.spi;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes the strings that a pattern covers; what stays equal stays the same instance. */
final class StringMapping {
  private final List<Optional<Element>> steps;
  private final UnaryOperator<String> change;

  StringMapping(FieldPattern pattern, UnaryOperator<String> change) {
    this.steps = pattern.steps();
    this.change = change;
  }

  Object apply(Object root) {
    return apply(root, 0);
  }

  private Object apply(Object node, int depth) {
    if (node instanceof Map<?, ?>) {
      return map(JsonValue.map(node, FieldPath.of(), 0), depth);
    }
    if (node instanceof List<?>) {
      return list(JsonValue.list(node, FieldPath.of(), 0), depth);
    }
    if (node instanceof String text && depth >= steps.size()) {
      String changed = Objects.requireNonNull(change.apply(text), "change returned null");
      return changed.equals(text) ? text : changed;
    }
    return node;
  }

  private Map<String, Object> map(Map<String, Object> map, int depth) {
    Map<String, Object> copy = null;
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      if (isWanted(depth, step -> step.equals(new Field(entry.getKey())))) {
        Object changed = apply(entry.getValue(), depth + 1);
        if (changed != entry.getValue()) {
          copy = copy == null ? new LinkedHashMap<>(map) : copy;
          copy.put(entry.getKey(), changed);
        }
      }
    }
    return copy == null ? map : FrozenMap.of(copy);
  }

  private List<@Nullable Object> list(List<@Nullable Object> list, int depth) {
    List<@Nullable Object> copy = null;
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      int index = i;
      if (item != null && isWanted(depth, step -> isItem(step, item, index))) {
        Object changed = apply(item, depth + 1);
        if (changed != item) {
          copy = copy == null ? new ArrayList<>(list) : copy;
          copy.set(i, changed);
        }
      }
    }
    return copy == null ? list : FrozenList.of(copy);
  }

  private static boolean isItem(Element step, Object item, int index) {
    return step instanceof Index wanted ? wanted.index() == index : TreeStep.matches(item, step);
  }

  private boolean isWanted(int depth, Predicate<Element> matches) {
    return depth >= steps.size() || steps.get(depth).map(matches::test).orElse(true);
  }
}
