package io.kcp.upstream.spi;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes frozen JSON values along one path by copying the path's nodes and sharing the rest. */
final class TreeEdit {
  private final FieldPath target;
  private final List<Element> elements;

  TreeEdit(FieldPath target) {
    this.target = target;
    this.elements = target.elements();
  }

  /** The root with the value at the target; missing parents are made. */
  Object put(Object root, Object value) {
    return put(root, 0, value);
  }

  private Object put(@Nullable Object node, int depth, Object value) {
    if (depth == elements.size()) {
      return value;
    }
    Element element = elements.get(depth);
    if (element instanceof Field field) {
      Map<String, Object> map = node == null ? Map.of() : JsonValue.map(node, target, depth);
      Map<String, Object> copy = new LinkedHashMap<>(map);
      copy.put(field.name(), put(map.get(field.name()), depth + 1, value));
      return FrozenMap.of(copy);
    }
    List<@Nullable Object> list = node == null ? List.of() : JsonValue.list(node, target, depth);
    return putItem(list, element, depth, value);
  }

  private Object putItem(List<@Nullable Object> list, Element element, int depth, Object value) {
    int found = TreeStep.find(list, element);
    int index = found < 0 ? list.size() : found;
    if (index > list.size()) {
      throw new IllegalArgumentException(
          "%s: the list ends at %d".formatted(target.prefix(depth + 1), list.size()));
    }
    List<@Nullable Object> copy = new ArrayList<>(list);
    if (index == list.size()) {
      copy.add(element instanceof Item item ? item.keys() : null);
    }
    Object changed = put(copy.get(index), depth + 1, value);
    if (!(element instanceof Index) && !TreeStep.matches(changed, element)) {
      throw new IllegalArgumentException(
          "%s: the new value has other keys than its path".formatted(target.prefix(depth + 1)));
    }
    copy.set(index, changed);
    return FrozenList.of(copy);
  }

  /** The root without what is at the target; the same instance when nothing is there. */
  Object remove(Object root) {
    return remove(root, 0);
  }

  private Object remove(Object node, int depth) {
    Element element = elements.get(depth);
    Object child = TreeStep.child(node, target, depth);
    if (child == null) {
      return node;
    }
    boolean last = depth == elements.size() - 1;
    Object rest = last ? null : remove(child, depth + 1);
    if (rest == child) {
      return node;
    }
    return element instanceof Field field
        ? replaceField(JsonValue.map(node, target, depth), field.name(), rest)
        : replaceItem(JsonValue.list(node, target, depth), element, rest);
  }

  private static Object replaceField(Map<String, Object> map, String name, @Nullable Object value) {
    Map<String, Object> copy = new LinkedHashMap<>(map);
    if (value == null) {
      copy.remove(name);
    } else {
      copy.put(name, value);
    }
    return FrozenMap.of(copy);
  }

  private static Object replaceItem(
      List<@Nullable Object> list, Element element, @Nullable Object value) {
    List<@Nullable Object> copy = new ArrayList<>(list);
    int index = TreeStep.find(list, element);
    if (value == null) {
      copy.remove(index);
    } else {
      copy.set(index, value);
    }
    return FrozenList.of(copy);
  }
}
