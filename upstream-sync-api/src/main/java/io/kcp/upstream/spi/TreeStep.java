package io.kcp.upstream.spi;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows one element of a path inside frozen JSON values. */
final class TreeStep {
  private TreeStep() {}

  /**
   * The value one step below; null when absent. The parent is at the path's prefix of that depth.
   */
  static @Nullable Object child(Object parent, FieldPath path, int depth) {
    Element element = path.elements().get(depth);
    if (element instanceof Field field) {
      return JsonValue.map(parent, path, depth).get(field.name());
    }
    List<@Nullable Object> list = JsonValue.list(parent, path, depth);
    int index = find(list, element);
    return index < 0 || index >= list.size() ? null : list.get(index);
  }

  /** Where in the list the element is: its index, which may be past the end; or -1 for none. */
  static int find(List<@Nullable Object> list, Element element) {
    if (element instanceof Index index) {
      return index.index();
    }
    for (int i = 0; i < list.size(); i++) {
      if (matches(list.get(i), element)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a list's item is the one that a key or member element names. */
  static boolean matches(@Nullable Object item, Element element) {
    if (element instanceof Member member) {
      return member.value().equals(item);
    }
    if (!(element instanceof Item keyed) || !(item instanceof Map<?, ?> map)) {
      return false;
    }
    for (Map.Entry<String, Object> key : keyed.keys().entrySet()) {
      if (!key.getValue().equals(map.get(key.getKey()))) {
        return false;
      }
    }
    return true;
  }
}
