package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import java.util.Map;
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
    FieldSet dropped = ours.fields().minus(wanted);
    for (OwnedFields.Entry entry : OwnedFields.entries(live)) {
      if (entry.manager().equals(manager)) {
        continue;
      }
      for (FieldPath theirs : entry.fields()) {
        if (dropped.contains(theirs)) {
          candidates.put(theirs, new TreeSet<>());
        }
        Set<String> managers = candidates.get(theirs);
        if (managers != null) {
          managers.add(entry.manager());
        }
      }
    }
    return candidates;
  }
}
