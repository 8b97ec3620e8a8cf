package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value: what it is as a scalar, as a list and as a map. Most types allow one of
 * these; a deduced one allows all, and the value decides.
 */
record Type(@Nullable Scalar scalar, @Nullable ListType list, @Nullable MapType map) {
  /** Anything; lists and maps are owned whole. */
  static final Type ATOMIC = atomic();

  /** Anything; maps merge, lists are owned whole. */
  static final Type DEDUCED = deduced();

  /** The scalar types. The server compares all of them by value. */
  enum Scalar {
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    QUANTITY,
    INT_OR_STRING,
    TIME,
    MICRO_TIME,
    BYTES,
    ANY
  }

  /** What a value is seen as. */
  enum Form {
    MAP,
    SCALAR,
    LIST
  }

  static Type of(Scalar scalar) {
    return new Type(scalar, null, null);
  }

  static Type of(ListType list) {
    return new Type(null, list, null);
  }

  static Type of(MapType map) {
    return new Type(null, null, map);
  }

  private static Type atomic() {
    MapType map = new MapType(true, Map.of());
    Type type =
        new Type(
            Scalar.ANY, new ListType(ListType.Relation.ATOMIC, List.of(), () -> Type.ATOMIC), map);
    map.allowOthers(() -> type);
    return type;
  }

  private static Type deduced() {
    MapType map = new MapType(false, Map.of());
    Type type =
        new Type(
            Scalar.ANY, new ListType(ListType.Relation.ATOMIC, List.of(), () -> Type.ATOMIC), map);
    map.allowOthers(() -> type);
    return type;
  }

  /** The same type with its map owned whole, or in parts. */
  Type withAtomicMap(boolean atomic) {
    return map == null ? this : new Type(scalar, list, map.withAtomic(atomic));
  }

  /**
   * How the server sees a value of this type. A value of a wrong kind, and null, is a map first.
   */
  Form formOf(@Nullable Object value) {
    if (scalar != null && Json.isScalar(value)) {
      return Form.SCALAR;
    }
    if (list != null && value instanceof List<?>) {
      return Form.LIST;
    }
    if (map != null) {
      return Form.MAP;
    }
    return scalar != null ? Form.SCALAR : Form.LIST;
  }

  /** The map type, when {@link #formOf} said so. */
  MapType asMap() {
    if (map == null) {
      throw new IllegalStateException("not a map type");
    }
    return map;
  }

  /** The list type, when {@link #formOf} said so. */
  ListType asList() {
    if (list == null) {
      throw new IllegalStateException("not a list type");
    }
    return list;
  }

  /** The type one step below; null where nothing is known of it. */
  @Nullable Type below(FieldPath.Element element) {
    if (element instanceof FieldPath.Field field) {
      return map == null ? null : map.typeOf(field.name());
    }
    return list != null && element instanceof FieldPath.Item ? list.items() : null;
  }

  /** Types may contain themselves: only the outermost level is printed. */
  @Override
  public String toString() {
    return "Type[scalar=" + scalar + ", list=" + (list != null) + ", map=" + (map != null) + "]";
  }
}
