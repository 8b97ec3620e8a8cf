package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A list: owned whole, a set of scalars, or items told apart by keys. */
final class ListType {
  private final Relation relation;
  private final List<String> keys;
  private final Supplier<Type> items;

  /** How the items of a list relate. */
  enum Relation {
    ATOMIC,
    SET,
    MAP
  }

  ListType(Relation relation, List<String> keys, Supplier<Type> items) {
    this.relation = relation;
    this.keys = List.copyOf(keys);
    this.items = items;
  }

  boolean isAtomic() {
    return relation == Relation.ATOMIC;
  }

  Relation relation() {
    return relation;
  }

  List<String> keys() {
    return keys;
  }

  Type items() {
    return items.get();
  }

  /**
   * Says how an item of this list is named in paths.
   *
   * @throws IllegalArgumentException when it can't be named; the message is the server's
   */
  FieldPath.Element elementOf(@Nullable Object item) {
    return relation == Relation.SET ? member(item) : keyed(item);
  }

  private static FieldPath.Element member(@Nullable Object item) {
    if (item == null) {
      throw new IllegalArgumentException(
          "associative list without keys has an element that's an explicit null");
    }
    if (item instanceof Map<?, ?>) {
      throw new IllegalArgumentException(
          "associative list without keys has an element that's a map type");
    }
    if (item instanceof List<?>) {
      throw new IllegalArgumentException("not supported: associative list with lists as elements");
    }
    return new FieldPath.Member(item);
  }

  private FieldPath.Element keyed(@Nullable Object item) {
    if (item == null) {
      throw new IllegalArgumentException("associative list with keys may not have a null element");
    }
    if (!(item instanceof Map<?, ?>)) {
      throw new IllegalArgumentException(
          "associative list with keys may not have non-map elements");
    }
    Map<String, Object> values = new TreeMap<>();
    for (String key : keys) {
      Object value = Json.map(item).get(key);
      if (value == null) {
        value = defaultOf(key);
      }
      if (value != null) {
        values.put(key, value);
      }
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "associative list with keys has an element that omits all key fields [\""
              + String.join("\" \"", keys)
              + "\"] (and doesn't have default values for any key fields)");
    }
    return new FieldPath.Item(values);
  }

  private @Nullable Object defaultOf(String key) {
    MapType map = items().map();
    MapType.Field field = map == null ? null : map.fields().get(key);
    return field == null ? null : field.defaultValue();
  }
}
