package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.testkit.apply.MapType.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints an object of a built-in kind as the server does after it read it into a struct of its own:
 * without nulls and empty optional lists, maps and zeros, with what it always prints, and with
 * quantities and times in one form.
 */
final class NormalForm {
  private NormalForm() {}

  /** Returns a new tree, to be changed at will. */
  static Map<String, Object> of(MapType type, Map<String, Object> map) {
    Map<String, Object> normal = new LinkedHashMap<>();
    map.forEach(
        (name, value) -> {
          MapType.Field field = type.fields().get(name);
          Type known = type.typeOf(name);
          if (field != null) {
            put(normal, name, field, value);
          } else if (known == null || known.map() == null || value != null) {
            Json.put(normal, name, known == null ? Json.copy(value) : inMap(known, value));
          }
        });
    type.fields().forEach((name, field) -> addMissing(normal, name, field));
    return normal;
  }

  private static void put(
      Map<String, Object> normal, String name, MapType.Field field, @Nullable Object value) {
    Object inForm = value(field.type(), value);
    boolean isStruct = field.type().map() != null && !field.type().map().fields().isEmpty();
    boolean isNothing =
        inForm == null
            || (!isStruct && !isFreeForm(field.type()) && Json.isEmpty(inForm))
            || (field.presence() == Presence.NOT_ZERO && isZero(inForm));
    boolean isPrinted =
        field.presence() == Presence.ALWAYS && (Json.isScalar(inForm) || inForm instanceof List<?>);
    if (!isNothing || isPrinted) {
      Json.put(normal, name, inForm);
    }
  }

  /**
   * The object as it is stored and read again: lists that are always printed are null when there is
   * nothing in them.
   */
  static Map<String, Object> stored(MapType type, Map<String, Object> map) {
    Map<String, Object> stored = map;
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      MapType.Field field = type.fields().get(entry.getKey());
      Type known = type.typeOf(entry.getKey());
      Object before = entry.getValue();
      Object after =
          field != null
                  && field.presence() == Presence.ALWAYS
                  && before instanceof List<?> list
                  && list.isEmpty()
              ? null
              : known == null ? before : stored(known, before);
      if (after != before) {
        stored = stored == map ? new LinkedHashMap<>(map) : stored;
        Json.put(stored, entry.getKey(), after);
      }
    }
    return stored;
  }

  private static @Nullable Object stored(Type type, @Nullable Object value) {
    if (value instanceof Map<?, ?> && type.map() != null) {
      return stored(type.map(), Json.map(value));
    }
    if (value instanceof List<?> && type.list() != null) {
      List<Object> list = Json.list(value);
      List<@Nullable Object> items = new ArrayList<>();
      boolean changed = false;
      for (Object item : list) {
        Object after = stored(type.list().items(), item);
        changed |= after != item;
        items.add(after);
      }
      return changed ? items : value;
    }
    return value;
  }

  private static boolean isFreeForm(Type type) {
    return type.scalar() == Type.Scalar.ANY;
  }

  private static boolean isZero(Object value) {
    return value.equals("")
        || value.equals(false)
        || (value instanceof Number number && number.doubleValue() == 0);
  }

  private static void addMissing(Map<String, Object> normal, String name, MapType.Field field) {
    if (normal.containsKey(name)) {
      return;
    }
    MapType struct = field.type().map();
    if (EmptyStructs.isEmbedded(field) && struct != null) {
      normal.put(name, of(struct, Map.of()));
    } else if (field.presence() == Presence.ALWAYS) {
      Json.put(normal, name, EmptyStructs.zero(field));
    }
  }

  private static @Nullable Object inMap(Type type, @Nullable Object value) {
    return type.scalar() == Type.Scalar.QUANTITY ? Quantity.ofResource(value) : value(type, value);
  }

  private static @Nullable Object value(Type type, @Nullable Object value) {
    if (type.scalar() == Type.Scalar.ANY) {
      return Json.copy(value);
    }
    if (value instanceof Map<?, ?> && type.map() != null) {
      return of(type.map(), Json.map(value));
    }
    if (value instanceof List<?> && type.list() != null) {
      List<@Nullable Object> items = new ArrayList<>();
      Json.list(value).forEach(item -> items.add(value(type.list().items(), item)));
      return items;
    }
    return type.scalar() == null ? Json.copy(value) : scalar(type.scalar(), value);
  }

  private static @Nullable Object scalar(Type.Scalar type, @Nullable Object value) {
    return switch (type) {
      case QUANTITY -> Quantity.canonical(value);
      case TIME -> Times.toSeconds(value);
      case MICRO_TIME -> Times.toMicros(value);
      default -> Json.copy(value);
    };
  }
}
