package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list that merges by a key, or by its items' values; or that does not merge.
 *
 * @param key "" for a list of scalars
 */
record PatchList(boolean merges, String key, @Nullable Type items) {
  static PatchList of(MapType.@Nullable Field field) {
    if (field == null || !(field.patch() + ",").matches("merge[,:].*")) {
      return new PatchList(false, "", null);
    }
    int colon = field.patch().indexOf(':');
    ListType list = field.type().list();
    return new PatchList(
        true,
        colon < 0 ? "" : field.patch().substring(colon + 1),
        list == null ? null : list.items());
  }

  List<Object> merge(List<Object> original, List<Object> patch) {
    if (!merges) {
      return patch;
    }
    List<Object> left = new ArrayList<>(original);
    List<Object> changes = new ArrayList<>();
    boolean replaces = false;
    for (Object item : patch) {
      replaces |= "replace".equals(directive(item));
      if (directive(item) == null) {
        changes.add(item);
      } else if ("delete".equals(directive(item))) {
        left.removeIf(each -> same(each, item));
      } else if (!"replace".equals(directive(item))) {
        throw StrategicMerge.unknownDirective(directive(item), Json.map(item));
      }
    }
    if (replaces) {
      return changes;
    }
    for (Object item : changes) {
      mergeItem(left, item);
    }
    return inOrder(left, changes, original);
  }

  private @Nullable Object directive(@Nullable Object item) {
    return key.isEmpty() ? null : Json.map(item).get(StrategicMerge.PATCH);
  }

  private void mergeItem(List<Object> list, Object item) {
    for (int i = 0; i < list.size(); i++) {
      if (same(list.get(i), item)) {
        list.set(
            i,
            key.isEmpty()
                ? item
                : StrategicMerge.merge(Json.map(list.get(i)), Json.map(item), items));
        return;
      }
    }
    Object plain = StrategicMerge.withoutDirectives(item);
    if (plain != null) {
      list.add(plain);
    }
  }

  private boolean same(Object left, Object right) {
    return Json.equal(identity(left), identity(right));
  }

  private @Nullable Object identity(Object item) {
    if (key.isEmpty()) {
      return item;
    }
    if (!Json.map(item).containsKey(key)) {
      throw new PatchException(
          500,
          "map: %s does not contain declared merge key: %s".formatted(GoPrint.plain(item), key));
    }
    return Json.map(item).get(key);
  }

  /** The items of {@code order} in its order, others among them where they were before. */
  List<Object> inOrder(List<Object> list, List<Object> order, List<Object> before) {
    List<Object> named = new ArrayList<>(list);
    named.removeIf(item -> indexIn(order, item) < 0);
    named.sort(Comparator.comparingInt(item -> indexIn(order, item)));
    List<Object> others = new ArrayList<>(list);
    others.removeIf(item -> indexIn(order, item) >= 0);
    others.sort(Comparator.comparingInt(item -> indexIn(before, item)));
    List<Object> ordered = new ArrayList<>();
    int next = 0;
    for (Object item : named) {
      int place = indexIn(before, item);
      while (place >= 0 && next < others.size() && isBefore(others.get(next), place, before)) {
        ordered.add(others.get(next++));
      }
      ordered.add(item);
    }
    ordered.addAll(others.subList(next, others.size()));
    return ordered;
  }

  private boolean isBefore(Object item, int place, List<Object> before) {
    int own = indexIn(before, item);
    return own >= 0 && own < place;
  }

  private int indexIn(List<Object> list, Object item) {
    for (int i = 0; i < list.size(); i++) {
      if (same(list.get(i), item)) {
        return i;
      }
    }
    return -1;
  }

  /** Refuses an order that lacks an item of the patch, or has them in another order. */
  void requireOrder(List<Object> patch, List<Object> order) {
    int next = 0;
    for (Object item : patch) {
      if (directive(item) != null) {
        continue;
      }
      while (next < order.size() && !same(order.get(next), item)) {
        next++;
      }
      if (next++ == order.size()) {
        throw new PatchException(
            500,
            "The order in patch list:\n%s\n doesn't match $setElementOrder list:\n%s\n"
                .formatted(GoPrint.plain(patch), GoPrint.plain(order)));
      }
    }
  }
}
