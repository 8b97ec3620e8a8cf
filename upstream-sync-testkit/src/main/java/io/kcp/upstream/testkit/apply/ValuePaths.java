package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The set of paths that whoever applies a value owns. */
final class ValuePaths {
  private final List<FieldPath> paths = new ArrayList<>();

  private ValuePaths() {}

  /** The value must be of the type. */
  static FieldSet of(Type type, Object value) {
    ValuePaths walk = new ValuePaths();
    walk.visit(type, value, FieldPath.of());
    return FieldSets.of(walk.paths);
  }

  private void visit(Type type, @Nullable Object value, FieldPath path) {
    switch (type.formOf(value)) {
      case MAP -> visitMap(type.asMap(), value, path);
      case LIST -> visitList(type.asList(), value, path);
      case SCALAR -> paths.add(path);
    }
  }

  private void visitMap(MapType type, @Nullable Object value, FieldPath path) {
    if (type.isAtomic()) {
      paths.add(path);
      return;
    }
    for (Map.Entry<String, Object> entry : Json.map(value).entrySet()) {
      FieldPath below = path.field(entry.getKey());
      Object field = entry.getValue();
      Type fieldType = type.typeOf(entry.getKey());
      if (fieldType != null) {
        visit(fieldType, field, below);
      }
      boolean nothingBelow = field == null || (field instanceof Map<?, ?> map && map.isEmpty());
      if (nothingBelow || !type.declares(entry.getKey())) {
        paths.add(below);
      }
    }
  }

  private void visitList(ListType type, @Nullable Object value, FieldPath path) {
    if (type.isAtomic()) {
      paths.add(path);
      return;
    }
    Set<FieldPath.Element> twice = duplicates(type, Json.list(value));
    for (Object item : Json.list(value)) {
      FieldPath.Element element = type.elementOf(item);
      if (!twice.contains(element)) {
        visit(type.items(), item, path.child(element));
      }
      paths.add(path.child(element));
    }
  }

  /** The names that more than one item has: such items are owned as a whole. */
  static Set<FieldPath.Element> duplicates(ListType type, List<Object> items) {
    Set<FieldPath.Element> seen = new HashSet<>();
    Set<FieldPath.Element> twice = new HashSet<>();
    for (Object item : items) {
      FieldPath.Element element = type.elementOf(item);
      if (!seen.add(element)) {
        twice.add(element);
      }
    }
    return twice;
  }
}
