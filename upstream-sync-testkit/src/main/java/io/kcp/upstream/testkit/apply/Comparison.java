package io.kcp.upstream.testkit.apply;

import static io.kcp.upstream.testkit.apply.Json.ABSENT;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The paths in which two values of one type differ.
 *
 * @param changed added, or of another value
 * @param removed not there any more
 */
record Comparison(FieldSet changed, FieldSet removed) {
  /** Both values must be of the type, duplicate items aside. */
  static Comparison of(Type type, Object before, Object after) {
    Walk walk = new Walk();
    walk.visit(type, before, after, FieldPath.of());
    return new Comparison(FieldSets.of(walk.changed), FieldSets.of(walk.removed));
  }

  Comparison without(Predicate<FieldPath> ignored) {
    return new Comparison(FieldSets.without(changed, ignored), FieldSets.without(removed, ignored));
  }

  private static final class Walk {
    private final List<FieldPath> changed = new ArrayList<>();
    private final List<FieldPath> removed = new ArrayList<>();

    void visit(Type type, @Nullable Object before, @Nullable Object after, FieldPath path) {
      Type.Form form = type.formOf(after == ABSENT ? before : after);
      if (before != ABSENT && after != ABSENT && form != type.formOf(before)) {
        visitForm(type.formOf(before), type, before, after, path);
      }
      visitForm(form, type, before, after, path);
    }

    /** Of a value that has another form, there are no parts. */
    private void visitForm(
        Type.Form form,
        Type type,
        @Nullable Object before,
        @Nullable Object after,
        FieldPath path) {
      boolean isLeaf =
          switch (form) {
            case SCALAR -> true;
            case MAP -> type.asMap().isAtomic();
            case LIST -> type.asList().isAtomic();
          };
      if (isLeaf || (Json.isEmpty(before) && Json.isEmpty(after))) {
        visitLeaf(before, after, path);
        return;
      }
      if (form == Type.Form.MAP) {
        visitMap(type.asMap(), before, after, path);
      } else {
        visitList(type.asList(), before, after, path);
      }
      if (before == ABSENT || after == ABSENT) {
        visitLeaf(before, after, path);
      }
    }

    private void visitLeaf(@Nullable Object before, @Nullable Object after, FieldPath path) {
      if (after == ABSENT) {
        removed.add(path);
      } else if (before == ABSENT || !Json.equal(before, after)) {
        changed.add(path);
      }
    }

    private void visitMap(
        MapType type, @Nullable Object before, @Nullable Object after, FieldPath path) {
      Set<String> names = new LinkedHashSet<>(Json.map(before).keySet());
      names.addAll(Json.map(after).keySet());
      for (String name : names) {
        Type below = type.typeOf(name);
        visit(
            below == null ? Type.DEDUCED : below,
            Json.get(Json.map(before), name),
            Json.get(Json.map(after), name),
            path.field(name));
      }
    }

    private void visitList(
        ListType type, @Nullable Object before, @Nullable Object after, FieldPath path) {
      Map<FieldPath.Element, List<Object>> old = byElement(type, Json.list(before));
      Map<FieldPath.Element, List<Object>> current = byElement(type, Json.list(after));
      Set<FieldPath.Element> elements = new LinkedHashSet<>(old.keySet());
      elements.addAll(current.keySet());
      for (FieldPath.Element element : elements) {
        visitItem(
            type.items(),
            old.getOrDefault(element, List.of()),
            current.getOrDefault(element, List.of()),
            path.child(element));
      }
    }

    /** Items that share their name count as one atomic value. */
    private void visitItem(Type type, List<Object> old, List<Object> current, FieldPath path) {
      if (old.size() <= 1 && current.size() <= 1) {
        visit(type, only(old), only(current), path);
      } else if (old.size() > 1 && current.size() > 1) {
        visitLeaf(old, current, path);
      } else if (old.size() > 1) {
        removed.add(path);
        if (!current.isEmpty()) {
          visit(type, ABSENT, current.get(0), path);
        }
      } else {
        changed.add(path);
        if (!old.isEmpty()) {
          visit(type, old.get(0), ABSENT, path);
        }
      }
    }

    private static @Nullable Object only(List<Object> items) {
      return items.isEmpty() ? ABSENT : items.get(0);
    }

    private static Map<FieldPath.Element, List<Object>> byElement(
        ListType type, List<Object> items) {
      Map<FieldPath.Element, List<Object>> byElement = new LinkedHashMap<>();
      for (Object item : items) {
        byElement.computeIfAbsent(type.elementOf(item), e -> new ArrayList<>()).add(item);
      }
      return byElement;
    }
  }
}
