package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fields on which the sides may differ without the server refusing an apply. */
public final class Candidates {
  private Candidates() {}

  /**
   * What to ask about before an apply: fields of the desired object that we do not own any more or
   * yet, and fields that an apply would drop and that stay, since others own them too. Each with
   * its other managers.
   */
  public static Map<FieldPath, Set<String>> of(
      Desired desired, ObjectTree live, Owned ours, String manager) {
    FieldSet wanted = FieldSets.of(desired.object(), desired.type().schema());
    Map<FieldPath, Set<String>> candidates = new TreeMap<>();
    for (FieldPath lost : wanted.minus(ours.fields())) {
      candidates.put(lost, new TreeSet<>());
    }
    FieldSet dropped = dropped(ours.fields(), wanted);
    for (OwnedFields.Entry entry : OwnedFields.entries(live)) {
      if (!entry.manager().equals(manager)) {
        theirs(entry, dropped, candidates);
      }
    }
    return candidates;
  }

  /** An empty map or list of ours that has got parts is not dropped. */
  private static FieldSet dropped(FieldSet ours, FieldSet wanted) {
    NavigableSet<FieldPath> sorted = new TreeSet<>();
    wanted.forEach(sorted::add);
    List<FieldPath> dropped = new ArrayList<>();
    for (FieldPath field : ours) {
      FieldPath next = sorted.ceiling(field); // a path sorts right before those below it
      if (next == null || !next.startsWith(field)) {
        dropped.add(field);
      }
    }
    return FieldSet.of(dropped.toArray(FieldPath[]::new));
  }

  private static void theirs(
      OwnedFields.Entry entry, FieldSet dropped, Map<FieldPath, Set<String>> candidates) {
    for (FieldPath field : entry.fields()) {
      topmost(field, dropped).ifPresent(top -> candidates.putIfAbsent(top, new TreeSet<>()));
      Set<String> managers = candidates.get(topmost(field, dropped).orElse(field));
      if (managers != null) {
        managers.add(entry.manager());
      }
    }
  }

  /**
   * Of a field that others own, what we would drop: it itself, or the item that it is a part of.
   */
  private static Optional<FieldPath> topmost(FieldPath field, FieldSet dropped) {
    Optional<FieldPath> top = Optional.empty();
    for (FieldPath above = field; ; above = above.parent()) {
      if (dropped.contains(above)) {
        top = Optional.of(above);
      }
      if (above.elements().isEmpty()) {
        return top;
      }
    }
  }
}
