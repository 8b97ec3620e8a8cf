package io.kcp.upstream.sync;

import io.kcp.upstream.conflict.FieldNotes;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Maps that an object holds empty though we own a part of them upstream. */
final class Emptied {
  private Emptied() {}

  static FieldSet of(ObjectTree body, Optional<FieldSet> ours) {
    Set<FieldPath> emptied = new TreeSet<>();
    for (FieldPath field : ours.orElseGet(FieldSet::of)) {
      for (FieldPath above = field.parent(); above.elements().size() > 0; above = above.parent()) {
        if (FieldNotes.value(body, above) instanceof Map<?, ?> map && map.isEmpty()) {
          emptied.add(above);
        }
      }
    }
    return FieldSet.of(emptied.toArray(FieldPath[]::new));
  }
}
