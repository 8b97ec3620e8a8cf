package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fills gaps in objects that may be changed. */
final class Defaults {
  private Defaults() {}

  /** Sets a field that is not there; to null: does nothing. */
  static void set(Map<String, Object> object, String field, @Nullable Object value) {
    if (value == null) {
      return;
    }
    if (object.get(field) == null || object.get(field).equals("")) {
      object.put(field, value);
    }
  }

  /** The object in a field, made when it is not there. */
  static Map<String, Object> make(Map<String, Object> object, String field) {
    if (!(object.get(field) instanceof Map<?, ?>)) {
      object.put(field, new LinkedHashMap<>());
    }
    return Json.map(object.get(field));
  }

  /** Runs on the object in a field, when there is one. */
  static void within(
      Map<String, Object> object, String field, Consumer<Map<String, Object>> change) {
    if (object.get(field) instanceof Map<?, ?> map) {
      change.accept(Json.map(map));
    }
  }

  /** Runs on each object in a list. */
  static void each(Map<String, Object> object, String field, Consumer<Map<String, Object>> change) {
    for (Object item : Json.list(object.get(field))) {
      if (item instanceof Map<?, ?>) {
        change.accept(Json.map(item));
      }
    }
  }

  /** Sets a list of scalars that is not there. */
  static void setList(Map<String, Object> object, String field, Object... items) {
    set(object, field, new ArrayList<>(List.of(items)));
  }
}
