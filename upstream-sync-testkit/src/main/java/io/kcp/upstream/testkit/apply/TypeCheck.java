package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what keeps a value from being of a type, in the server's words. */
final class TypeCheck {
  private final boolean duplicatesAllowed;
  private final List<String> problems = new ArrayList<>();

  private TypeCheck(boolean duplicatesAllowed) {
    this.duplicatesAllowed = duplicatesAllowed;
  }

  /** Returns "" when the value is of the type, else the server's error text. */
  static String problem(Type type, Object value, boolean duplicatesAllowed) {
    TypeCheck check = new TypeCheck(duplicatesAllowed);
    check.visit(type, value, FieldPath.of());
    return check.problems.size() > 1
        ? "errors:\n  " + String.join("\n  ", check.problems)
        : String.join("", check.problems);
  }

  private void visit(Type type, @Nullable Object value, FieldPath path) {
    switch (type.formOf(value)) {
      case MAP -> visitMap(type.asMap(), value, path);
      case LIST -> visitList(type.asList(), value, path);
      case SCALAR -> visitScalar(type, value, path);
    }
  }

  private void visitScalar(Type type, @Nullable Object value, FieldPath path) {
    if (value == null || type.scalar() == null) {
      return;
    }
    switch (type.scalar()) {
      case INTEGER, NUMBER -> {
        if (!(value instanceof Number)) {
          add(path, "expected numeric (int or float), got " + GoPrint.type(value));
        }
      }
      case BOOLEAN -> {
        if (!(value instanceof Boolean)) {
          add(path, "expected boolean, got &{" + GoPrint.plain(value) + "}");
        }
      }
      case QUANTITY, INT_OR_STRING, ANY -> {
        if (!Json.isScalar(value)) {
          add(path, "expected any scalar, got &{" + GoPrint.plain(value) + "}");
        }
      }
      case STRING, TIME, MICRO_TIME, BYTES -> {
        if (!(value instanceof String)) {
          add(
              path,
              "expected string, got &value.valueUnstructured{Value:" + GoPrint.typed(value) + "}");
        }
      }
    }
  }

  private void visitList(ListType type, @Nullable Object value, FieldPath path) {
    if (value != null && !(value instanceof List<?>)) {
      add(path, "expected list, got &{" + GoPrint.plain(value) + "}");
      return;
    }
    Set<FieldPath.Element> seen = new HashSet<>();
    int index = 0;
    for (Object item : Json.list(value)) {
      FieldPath.Element element = elementOf(type, item, index, path);
      if (element == null) {
        return;
      }
      if (!seen.add(element) && !duplicatesAllowed) {
        add(path, "duplicate entries for key " + FieldPath.of().child(element).serverForm());
      }
      visit(type.items(), item, path.child(element));
      index++;
    }
  }

  private FieldPath.@Nullable Element elementOf(
      ListType type, @Nullable Object item, int index, FieldPath path) {
    if (type.isAtomic()) {
      return new FieldPath.Index(index);
    }
    try {
      return type.elementOf(item);
    } catch (IllegalArgumentException nameless) {
      add(path, "element " + index + ": " + nameless.getMessage());
      return null;
    }
  }

  private void visitMap(MapType type, @Nullable Object value, FieldPath path) {
    if (value != null && !(value instanceof Map<?, ?>)) {
      add(path, "expected map, got &{" + GoPrint.plain(value) + "}");
      return;
    }
    for (Map.Entry<String, Object> entry : Json.map(value).entrySet()) {
      FieldPath field = path.field(entry.getKey());
      Type below = type.typeOf(entry.getKey());
      if (below == null) {
        add(field, "field not declared in schema");
        return;
      }
      visit(below, entry.getValue(), field);
    }
  }

  private void add(FieldPath path, String problem) {
    problems.add(path.elements().isEmpty() ? problem : path.serverForm() + ": " + problem);
  }
}
