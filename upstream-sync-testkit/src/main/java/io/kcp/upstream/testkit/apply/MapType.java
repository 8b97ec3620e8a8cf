package io.kcp.upstream.testkit.apply;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A struct (declared fields), a map (others of one type), or both. The map of fields is shared with
 * the reader that fills it, so that types can refer to themselves.
 */
final class MapType {
  private final boolean atomic;
  private final Map<String, Field> fields;
  private @Nullable Supplier<Type> others;

  /**
   * A declared field.
   *
   * @param source gives the type; asked late, for types may contain themselves
   * @param presence how the server prints it when nothing is set
   * @param defaultValue stands in for a missing list key, and for a missing value; null for none
   * @param patch how strategic merge treats it; "" for the usual way
   */
  record Field(
      Supplier<Type> source, Presence presence, @Nullable Object defaultValue, String patch) {
    static Field of(Type type) {
      return new Field(() -> type, Presence.OPTIONAL, null, "");
    }

    Type type() {
      return source.get();
    }
  }

  /** How the server prints a field in which nothing, or a zero, is set. */
  enum Presence {
    /** As null, zero or empty struct. */
    ALWAYS,
    /** Not at all; but a zero that is set is printed. */
    OPTIONAL,
    /** Not at all, and a zero neither. */
    NOT_ZERO
  }

  MapType(boolean atomic, Map<String, Field> fields) {
    this.atomic = atomic;
    this.fields = fields;
  }

  /** Allows fields that are not declared. */
  MapType allowOthers(Supplier<Type> type) {
    others = type;
    return this;
  }

  MapType withAtomic(boolean wanted) {
    MapType changed = new MapType(wanted, fields);
    changed.others = others;
    return changed;
  }

  /** Whether the map is owned whole. */
  boolean isAtomic() {
    return atomic;
  }

  Map<String, Field> fields() {
    return fields;
  }

  /** The type of fields that are not declared; null when there may be none. */
  @Nullable Type others() {
    return others == null ? null : others.get();
  }

  /** The type of a field; null when there may be none of this name. */
  @Nullable Type typeOf(String name) {
    Field field = fields.get(name);
    return field == null ? others() : field.type();
  }

  boolean declares(String name) {
    return fields.containsKey(name);
  }
}
