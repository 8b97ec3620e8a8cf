package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which fields of a dispute somebody must decide. */
final class Questions {
  private final Sides sides;
  private final Set<FieldPath> asked = new TreeSet<>();
  private boolean ownFieldTaken;

  Questions(Sides sides, Standing standing) {
    this.sides = sides;
    Set<FieldPath> open = new TreeSet<>(standing.again());
    for (Map.Entry<FieldPath, Set<String>> candidate : sides.dispute().candidates().entrySet()) {
      FieldPath field = Reach.of(sides.dispute().live(), candidate.getKey());
      if (OwnFields.isOwn(field)) {
        ownFieldTaken |= !candidate.getValue().isEmpty();
      } else if (!standing.covers(field) && isChanged(field)) {
        open.add(field);
      }
    }
    for (FieldPath before : sides.base().dropped(sides.now())) {
      FieldPath dropped = Reach.of(sides.dispute().live(), before);
      if (!sides.isOurs(dropped) && !standing.covers(dropped) && isChanged(dropped)) {
        open.add(dropped); // they took it before the physical side dropped it
      }
    }
    wholes(open);
  }

  /**
   * Whether somebody else has a say: a value that others own differs, or one that we had applied is
   * gone. What nobody else owns is the server's default, or a field that is new.
   */
  private boolean isChanged(FieldPath field) {
    if (sides.upstream(field) == null) {
      return sides.upstreamChange(field) == Change.REMOVED;
    }
    return !sides.othersOf(field).isEmpty();
  }

  /** Of what one side lacks, or has another type of, the parts are no questions of their own. */
  private void wholes(Set<FieldPath> open) {
    FieldPath whole = null;
    for (FieldPath field : open) { // sorted: a whole comes right before its parts
      if (whole != null && field.startsWith(whole)) {
        continue;
      }
      Object physical = sides.physical(field);
      Object upstream = sides.upstream(field);
      if (physical == null ? upstream == null : physical.equals(upstream)) {
        continue;
      }
      if (!sides.isNode(field)) {
        asked.add(field);
        whole = field;
      }
    }
  }

  Set<FieldPath> asked() {
    return asked;
  }

  FieldSet asSet() {
    return FieldSet.of(asked.toArray(FieldPath[]::new));
  }

  /** Whether others hold a field of ours about which nobody is asked. */
  boolean ownFieldTaken() {
    return ownFieldTaken;
  }
}
