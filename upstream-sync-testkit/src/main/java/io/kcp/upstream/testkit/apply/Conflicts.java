package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.testkit.apply.ApplyConflictException.Conflict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Words the conflicts of an apply as the server does. */
final class Conflicts {
  private Conflicts() {}

  static ApplyConflictException of(Map<Owners.Id, FieldSet> byOwner) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    List<Conflict> conflicts = new ArrayList<>();
    byOwner.forEach(
        (owner, set) -> {
          for (String field : inServerOrder(set)) {
            conflicts.add(new Conflict("conflict with " + owner.text(), field));
            fields.computeIfAbsent(owner.text(), text -> new ArrayList<>()).add(field);
          }
        });
    return new ApplyConflictException(message(conflicts, fields), conflicts);
  }

  private static String message(List<Conflict> conflicts, Map<String, List<String>> fieldsByOwner) {
    if (conflicts.size() == 1) {
      Conflict only = conflicts.get(0);
      return "Apply failed with 1 conflict: " + only.message() + ": " + only.field();
    }
    StringBuilder message =
        new StringBuilder("Apply failed with " + conflicts.size() + " conflicts:");
    char separator = ' ';
    for (Map.Entry<String, List<String>> entry : fieldsByOwner.entrySet()) {
      message.append(separator).append("conflicts with ").append(entry.getKey()).append(':');
      entry.getValue().forEach(field -> message.append("\n- ").append(field));
      separator = '\n';
    }
    return message.toString();
  }

  /** At each level the fields of that level come first, then those below it. */
  private static List<String> inServerOrder(FieldSet set) {
    List<FieldPath> paths = new ArrayList<>();
    set.forEach(paths::add);
    Comparator<FieldPath> order = Conflicts::compare;
    return paths.stream().sorted(order).map(FieldPath::serverForm).toList();
  }

  private static int compare(FieldPath left, FieldPath right) {
    List<FieldPath.Element> ours = left.elements();
    List<FieldPath.Element> theirs = right.elements();
    int level = 0;
    while (level < Math.min(ours.size(), theirs.size())
        && ours.get(level).equals(theirs.get(level))) {
      level++;
    }
    boolean oursEnds = ours.size() <= level + 1;
    boolean theirsEnds = theirs.size() <= level + 1;
    return oursEnds == theirsEnds ? left.compareTo(right) : oursEnds ? -1 : 1;
  }
}
