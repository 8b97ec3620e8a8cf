package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Trees for tests, written in YAML; whole numbers are Longs. */
final class Yaml {
  private Yaml() {}

  static Map<String, Object> object(String text) {
    return Json.map(value(text));
  }

  static List<Object> list(String text) {
    return Json.list(value(text));
  }

  static List<Map<String, Object>> documents(String text) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : reader().loadAll(text)) {
      if (document != null) {
        documents.add(Json.map(convert(document)));
      }
    }
    return documents;
  }

  private static org.yaml.snakeyaml.Yaml reader() {
    return new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()));
  }

  private static @Nullable Object value(String text) {
    return convert(reader().load(text));
  }

  static @Nullable Object convert(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = new LinkedHashMap<>();
      map.forEach((key, item) -> Json.put(object, String.valueOf(key), convert(item)));
      return object;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(item -> items.add(convert(item)));
      return items;
    }
    return value instanceof Integer number ? Long.valueOf(number.longValue()) : value;
  }
}
