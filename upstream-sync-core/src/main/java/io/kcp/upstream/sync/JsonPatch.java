package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Operations of RFC 6902, and the pointers of RFC 6901 that they need. */
final class JsonPatch {
  private JsonPatch() {}

  static Map<String, Object> test(String pointer, Object value) {
    return Map.of("op", "test", "path", pointer, "value", value);
  }

  static Map<String, Object> replace(String pointer, Object value) {
    return Map.of("op", "replace", "path", pointer, "value", value);
  }

  static Map<String, Object> remove(String pointer) {
    return Map.of("op", "remove", "path", pointer);
  }

  /**
   * Removes these fields of {@code object}, the later ones first, so that no index moves before its
   * turn; fields that are not there are passed over.
   */
  static List<Map<String, Object>> removal(ObjectTree object, List<FieldPath> fields) {
    List<Map<String, Object>> operations = new ArrayList<>();
    fields.stream()
        .map(field -> pointer(object, field))
        .flatMap(Optional::stream)
        .sorted(Pointer.LAST_FIRST)
        .forEach(pointer -> operations.add(remove(pointer.text())));
    return operations;
  }

  /** Where a field is in this object now; empty when it is not there. */
  private static Optional<Pointer> pointer(ObjectTree object, FieldPath field) {
    List<Object> steps = new ArrayList<>();
    Object at = object.asMap();
    for (FieldPath.Element element : field.elements()) {
      Optional<Object> step = step(at, element);
      if (step.isEmpty()) {
        return Optional.empty();
      }
      steps.add(step.get());
      at = child(at, step.get());
    }
    return Optional.of(new Pointer(steps));
  }

  private static Optional<Object> step(Object at, FieldPath.Element element) {
    if (at instanceof Map<?, ?> map && element instanceof FieldPath.Field field) {
      return map.containsKey(field.name()) ? Optional.of(field.name()) : Optional.empty();
    }
    if (!(at instanceof List<?> list)) {
      return Optional.empty();
    }
    OptionalInt index =
        IntStream.range(0, list.size()).filter(i -> matches(list.get(i), element, i)).findFirst();
    return index.isPresent() ? Optional.of(index.getAsInt()) : Optional.empty();
  }

  private static boolean matches(Object item, FieldPath.Element element, int at) {
    if (element instanceof FieldPath.Item keyed) {
      return item instanceof Map<?, ?> map && map.entrySet().containsAll(keyed.keys().entrySet());
    }
    if (element instanceof FieldPath.Member member) {
      return item.equals(member.value());
    }
    return element instanceof FieldPath.Index index && index.index() == at;
  }

  private static Object child(Object at, Object step) {
    Object child =
        at instanceof List<?> list ? list.get((Integer) step) : ((Map<?, ?>) at).get(step);
    return java.util.Objects.requireNonNull(child, "a step that was found");
  }
}
