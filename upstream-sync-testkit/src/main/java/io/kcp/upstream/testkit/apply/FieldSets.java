package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes sets out of sets. */
final class FieldSets {
  private FieldSets() {}

  static FieldSet of(List<FieldPath> paths) {
    return FieldSet.of(paths.toArray(FieldPath[]::new));
  }

  static FieldSet both(FieldSet left, FieldSet right) {
    return left.minus(left.minus(right));
  }

  static FieldSet without(FieldSet set, Predicate<FieldPath> dropped) {
    List<FieldPath> kept = new ArrayList<>();
    boolean complete = true;
    for (FieldPath path : set) {
      if (dropped.test(path)) {
        complete = false;
      } else {
        kept.add(path);
      }
    }
    return complete ? set : of(kept);
  }

  /**
   * Adds the declared fields on the way to each path: whoever owns a part of a struct keeps the
   * struct there. Items of lists and keys of maps are not added.
   */
  static FieldSet withStructs(FieldSet set, Type root) {
    List<FieldPath> structs = new ArrayList<>();
    for (FieldPath path : set) {
      Type type = root;
      FieldPath prefix = FieldPath.of();
      for (FieldPath.Element element : path.elements()) {
        prefix = prefix.child(element);
        if (type != null && isDeclared(type, element)) {
          structs.add(prefix);
        }
        type = type == null ? null : type.below(element);
      }
    }
    return set.union(of(structs));
  }

  private static boolean isDeclared(@Nullable Type type, FieldPath.Element element) {
    return type != null
        && type.map() != null
        && element instanceof FieldPath.Field field
        && type.map().declares(field.name());
  }
}
