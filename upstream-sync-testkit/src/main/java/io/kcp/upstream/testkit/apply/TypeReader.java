package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.testkit.apply.ListType.Relation;
import io.kcp.upstream.testkit.apply.MapType.Field;
import io.kcp.upstream.testkit.apply.MapType.Presence;
import io.kcp.upstream.testkit.apply.Type.Scalar;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the type of one field in {@link TypeTable}: one letter for a scalar, {@code *} anything
 * owned whole, {@code ?} anything, {@code {}T} a map, {@code []T} an atomic list, {@code [=]T} a
 * set, {@code [key,key]T} a list-map, else the name of a struct. {@code ~} before a map or struct:
 * owned whole; {@code +}: not owned whole though the struct says so.
 */
final class TypeReader {
  private static final Map<Character, Scalar> SCALARS =
      Map.of(
          's', Scalar.STRING,
          'i', Scalar.INTEGER,
          'n', Scalar.NUMBER,
          'b', Scalar.BOOLEAN,
          'q', Scalar.QUANTITY,
          'x', Scalar.INT_OR_STRING,
          't', Scalar.TIME,
          'u', Scalar.MICRO_TIME,
          'y', Scalar.BYTES);

  private final TypeTable table;
  private final String text;
  private int next;

  TypeReader(TypeTable table, String text, int start) {
    this.table = table;
    this.text = text;
    this.next = start;
  }

  Field field() {
    Supplier<Type> type = type();
    Presence presence =
        skip("!") ? Presence.ALWAYS : skip("-") ? Presence.NOT_ZERO : Presence.OPTIONAL;
    Object defaultValue = null;
    if (skip(".")) {
      defaultValue = Map.of();
    } else if (skip("0")) {
      defaultValue = zero(type.get().scalar());
    } else if (skip("=")) {
      defaultValue = literal(until("@"));
    }
    String patch = skip("@") ? text.substring(next) : "";
    return new Field(type, presence, defaultValue, patch);
  }

  /** Struct types are looked up when they are needed: they may contain themselves. */
  private Supplier<Type> type() {
    if (skip("*")) {
      return () -> Type.ATOMIC;
    }
    if (skip("?")) {
      return () -> Type.DEDUCED;
    }
    if (skip("[")) {
      return list();
    }
    if (skip("~{}")) {
      return map(true);
    }
    if (skip("{}")) {
      return map(false);
    }
    return named();
  }

  private Supplier<Type> list() {
    String keys = until("]");
    skip("]");
    Supplier<Type> items = type();
    Relation relation =
        keys.isEmpty() ? Relation.ATOMIC : keys.equals("=") ? Relation.SET : Relation.MAP;
    List<String> names = relation == Relation.MAP ? List.of(keys.split(",")) : List.of();
    Type list = Type.of(new ListType(relation, names, items));
    return () -> list;
  }

  private Supplier<Type> map(boolean atomic) {
    Type map = Type.of(new MapType(atomic, Map.of()).allowOthers(type()));
    return () -> map;
  }

  private Supplier<Type> named() {
    boolean whole = skip("~");
    boolean parts = skip("+");
    int start = next;
    while (next < text.length() && "!-0=@".indexOf(text.charAt(next)) < 0 && !atFinalDot()) {
      next++;
    }
    String name = text.substring(start, next);
    if (name.length() == 1) {
      Type scalar = Type.of(scalar(name));
      return () -> scalar;
    }
    return () -> {
      Type type = table.type(name);
      return whole || parts ? type.withAtomicMap(whole) : type;
    };
  }

  /** A dot within a struct's name has a letter behind it. */
  private boolean atFinalDot() {
    return text.charAt(next) == '.'
        && (next + 1 == text.length() || !Character.isLetter(text.charAt(next + 1)));
  }

  private static Scalar scalar(String letter) {
    Scalar scalar = SCALARS.get(letter.charAt(0));
    if (scalar == null) {
      throw new IllegalStateException("built-in-types.txt: no scalar type " + letter);
    }
    return scalar;
  }

  private static Object zero(@Nullable Scalar scalar) {
    if (scalar == Scalar.BOOLEAN) {
      return false;
    }
    return scalar == Scalar.STRING ? (Object) "" : (Object) 0L;
  }

  private static Object literal(String json) {
    return json.startsWith("\"") ? json.substring(1, json.length() - 1) : Long.valueOf(json);
  }

  private String until(String end) {
    int found = text.indexOf(end, next);
    String part = text.substring(next, found < 0 ? text.length() : found);
    next += part.length();
    return part;
  }

  private boolean skip(String wanted) {
    boolean found = text.startsWith(wanted, next);
    next += found ? wanted.length() : 0;
    return found;
  }
}
