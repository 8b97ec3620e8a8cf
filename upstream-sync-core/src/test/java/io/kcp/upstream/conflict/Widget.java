package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of one object, field by field; what is absent is not among them. */
record Widget(Map<String, Object> values) {
  private static final ObjectTree NOTHING = ObjectTree.of(Map.of());

  /** What each field may be, beside absent. */
  private static final Map<String, List<Object>> FIELDS = new TreeMap<>();

  static {
    FIELDS.put("spec.size", List.of(1L, 2L, 3L));
    for (String key : List.of("a", "b", "c.d")) {
      FIELDS.put("spec.labels[%s]".formatted(quoted(key)), List.of("x", "y", "z"));
      FIELDS.put("spec.tags[=%s]".formatted(quoted(key)), List.of(key));
    }
    FIELDS.put("spec.box", List.of(Map.of("a", "1"), Map.of("b", "1"), Map.of("a", "2", "b", "1")));
    FIELDS.put("spec.steps", List.of(List.of("a"), List.of("a", "b"), List.of("b", "a")));
    for (String name : List.of("p", "q")) {
      FIELDS.put(
          "spec.parts[name=%s]".formatted(quoted(name)),
          List.of(
              Map.of("name", name, "size", 1L, "note", "n"),
              Map.of("name", name, "size", 2L, "note", "n"),
              Map.of("name", name, "size", 1L, "note", "m")));
    }
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  Widget {
    values = new TreeMap<>(values);
  }

  static Widget any(Random random) {
    return new Widget(Map.of()).changed(random, 2);
  }

  /** Somebody changed a few fields. */
  Widget edited(Random random) {
    return changed(random, 3);
  }

  private Widget changed(Random random, int oneOf) {
    Map<String, Object> next = new TreeMap<>(values);
    FIELDS.forEach(
        (field, choices) -> {
          if (random.nextInt(oneOf) == 0) {
            int choice = random.nextInt(choices.size() + 1);
            if (choice == choices.size()) {
              next.remove(field);
            } else {
              next.put(field, choices.get(choice));
            }
          }
        });
    return new Widget(next);
  }

  Widget with(String field, @Nullable Object value) {
    Map<String, Object> next = new TreeMap<>(values);
    if (value == null) {
      next.remove(field);
    } else {
      next.put(field, value);
    }
    return new Widget(next);
  }

  @Nullable Object at(String field) {
    return values.get(field);
  }

  List<String> fieldsChangedBy(Widget other) {
    return FIELDS.keySet().stream()
        .filter(field -> !Objects.equals(at(field), other.at(field)))
        .toList();
  }

  /** Fields that both changed, and not to the same; of an item that all have, its parts. */
  List<String> fieldsChangedByBoth(Widget one, Widget other) {
    List<String> fields = new ArrayList<>();
    for (String field : FIELDS.keySet()) {
      boolean item =
          field.startsWith("spec.parts")
              && Stream.of(this, one, other).allMatch(each -> each.at(field) != null);
      fields.addAll(item ? List.of(field + ".size", field + ".note") : List.of(field));
    }
    return fields.stream()
        .filter(
            field -> Stream.of(this, one, other).map(w -> w.part(field)).distinct().count() == 3)
        .toList();
  }

  Optional<Object> part(String field) {
    return into(NOTHING).get(FieldPath.parse(field));
  }

  List<String> shuffled(Widget edited, Random random) {
    List<String> fields = new ArrayList<>(fieldsChangedBy(edited));
    Collections.shuffle(fields, random);
    return fields;
  }

  /** Writes the values into an object that may hold others. */
  ObjectTree into(ObjectTree object) {
    ObjectTree whole = object;
    for (String field : FIELDS.keySet()) {
      Object value = at(field);
      whole = value == null ? whole.without(field) : whole.with(field, value);
    }
    return whole;
  }

  static Widget of(ObjectTree object) {
    Map<String, Object> values = new TreeMap<>();
    FIELDS
        .keySet()
        .forEach(field -> object.get(FieldPath.parse(field)).ifPresent(v -> values.put(field, v)));
    return new Widget(values);
  }
}
