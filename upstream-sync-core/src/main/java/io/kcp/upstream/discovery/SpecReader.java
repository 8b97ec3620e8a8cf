package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one part of a SyncTarget's spec, and knows where it is: each {@link InvalidSpecException}
 * names the whole path.
 */
final class SpecReader {
  private final Map<String, ?> fields;
  private final String path;

  private SpecReader(Map<String, ?> fields, String path) {
    this.fields = fields;
    this.path = path;
  }

  static SpecReader of(ObjectTree tree, String path) {
    return new SpecReader(tree.asMap(), path);
  }

  /** What the words of the spec mean, in this order. */
  static <T> Map<String, T> choices(String first, T one, String second, T two) {
    Map<String, T> choices = new LinkedHashMap<>();
    choices.put(first, one);
    choices.put(second, two);
    return choices;
  }

  static <T> Map<String, T> choices(
      String first, T one, String second, T two, String third, T three) {
    Map<String, T> choices = choices(first, one, second, two);
    choices.put(third, three);
    return choices;
  }

  String path() {
    return path;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  InvalidSpecException invalid(String name, Object value, String wanted) {
    return new InvalidSpecException(path(name), value, wanted);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  Optional<String> string(String name) {
    return value(name, String.class, "a string");
  }

  String string(String name, String standard) {
    return string(name).orElse(standard);
  }

  String required(String name, String wanted) {
    return string(name).orElseThrow(() -> invalid(name, "", wanted));
  }

  boolean isTrue(String name) {
    return value(name, Boolean.class, "true or false").orElse(false);
  }

  int integer(String name, int standard, int least, int most) {
    String wanted = "a whole number from %d to %d".formatted(least, most);
    long number = value(name, Long.class, wanted).orElse((long) standard);
    if (number < least || number > most) {
      throw invalid(name, number, wanted);
    }
    return (int) number;
  }

  /** {@code choices} has all allowed values in the order in which a message lists them. */
  <T> T choice(String name, String standard, Map<String, T> choices) {
    String chosen = string(name, standard);
    T value = choices.get(chosen);
    if (value == null) {
      throw invalid(name, chosen, "one of " + String.join(", ", choices.keySet()));
    }
    return value;
  }

  /** Reads a text with a parser that throws IllegalArgumentException for what it can't read. */
  static <T> T parsed(String path, String text, String wanted, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSpecException(path, text, wanted + " (" + e.getMessage() + ")");
    }
  }

  /** The part under {@code name}; an empty one where there is none. */
  SpecReader part(String name) {
    Map<?, ?> map = value(name, Map.class, "an object").orElse(Map.of());
    return new SpecReader(named(map), path(name));
  }

  /** The strings of a list; {@code standard} where there is no list. */
  List<String> strings(String name, List<String> standard) {
    Optional<List<?>> list = list(name);
    if (list.isEmpty()) {
      return standard;
    }
    List<String> strings = new ArrayList<>();
    for (Object item : list.get()) {
      if (!(item instanceof String text)) {
        throw new InvalidSpecException(item(name, strings.size()), text(item), "a string");
      }
      strings.add(text);
    }
    return strings;
  }

  String item(String name, int index) {
    return path(name) + "[" + index + "]";
  }

  /** The objects of a list, each under a path that has its {@code keys}. */
  List<SpecReader> items(String name, String... keys) {
    List<SpecReader> items = new ArrayList<>();
    for (Object item : list(name).orElse(List.of())) {
      String at = item(name, items.size());
      if (!(item instanceof Map<?, ?> map)) {
        throw new InvalidSpecException(at, text(item), "an object");
      }
      items.add(new SpecReader(named(map), keyed(path(name), map, keys).orElse(at)));
    }
    return items;
  }

  private static Optional<String> keyed(String path, Map<?, ?> item, String... keys) {
    String shown =
        Stream.of(keys)
            .filter(item::containsKey)
            .map(key -> "%s=\"%s\"".formatted(key, item.get(key)))
            .collect(Collectors.joining(","));
    return shown.isEmpty() ? Optional.empty() : Optional.of(path + "[" + shown + "]");
  }

  Map<String, String> parameters(String name) {
    SpecReader part = part(name);
    Map<String, String> strings = new LinkedHashMap<>();
    part.fields.keySet().forEach(key -> strings.put(key, part.required(key, "a string")));
    return strings;
  }

  private Optional<List<?>> list(String name) {
    return value(name, List.class, "a list").map(list -> (List<?>) list);
  }

  private <T> Optional<T> value(String name, Class<T> type, String wanted) {
    Object value = fields.get(name);
    if (value != null && !type.isInstance(value)) {
      throw invalid(name, text(value), wanted);
    }
    return Optional.ofNullable(value).map(type::cast);
  }

  private static Object text(@Nullable Object value) {
    return value == null ? "null" : value;
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> fields = new LinkedHashMap<>();
    map.forEach((key, value) -> fields.put((String) key, value));
    return fields;
  }
}
