package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.discovery.MergeSchema.Merge;
import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How items of list-maps and members of sets are named in paths. */
final class ListItems {
  private ListItems() {}

  /** The name of an item; its index where it lacks a key, or is no scalar in a set. */
  static Element element(@Nullable Object item, int index, MergeSchema list) {
    if (list.merge() == Merge.SET) {
      return item != null && isScalar(item) ? new Member(item) : new Index(index);
    }
    Map<String, Object> keys = new LinkedHashMap<>();
    for (String key : list.keys()) {
      key(item, key, list).ifPresent(value -> keys.put(key, value));
    }
    return keys.isEmpty() || keys.size() < list.keys().size() ? new Index(index) : new Item(keys);
  }

  /** The item that a path's step names. */
  static Optional<Object> find(List<?> list, Element element, MergeSchema schema) {
    if (element instanceof Index index) {
      return index.index() < list.size()
          ? Optional.ofNullable(list.get(index.index()))
          : Optional.empty();
    }
    for (Object item : list) {
      if (matches(item, element, schema)) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private static boolean matches(@Nullable Object item, Element element, MergeSchema schema) {
    if (element instanceof Member member) {
      return member.value().equals(item);
    }
    if (!(element instanceof Item named) || item == null) {
      return false;
    }
    for (Map.Entry<String, Object> key : named.keys().entrySet()) {
      if (key(item, key.getKey(), schema).filter(key.getValue()::equals).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Object> key(@Nullable Object item, String key, MergeSchema list) {
    Object own = item instanceof Map<?, ?> map ? map.get(key) : null;
    Optional<Object> value = own == null ? list.keyDefault(key) : Optional.of(own);
    return value.filter(ListItems::isScalar);
  }

  private static boolean isScalar(@Nullable Object value) {
    return value instanceof String || value instanceof Boolean || value instanceof Number;
  }
}
