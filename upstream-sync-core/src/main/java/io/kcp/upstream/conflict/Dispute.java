package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Owned;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object that is going to be applied, and what may be in the way.
 *
 * @param live the copy as just read; what was decided before is in its annotations
 * @param ours what we own of it
 * @param untouched nobody has changed what we own since our last apply
 * @param candidates fields on which the sides may differ, each with its other managers: none where
 *     nobody owns it. May be empty
 * @param refused fields for which the workspace did not take a strategy's value in this pass
 */
public record Dispute(
    Desired desired,
    ObjectTree live,
    Optional<Owned> ours,
    boolean untouched,
    Map<FieldPath, Set<String>> candidates,
    FieldSet refused) {
  public Dispute {
    candidates = Map.copyOf(candidates);
  }

  /** A dispute in which no value was refused. */
  public Dispute(
      Desired desired,
      ObjectTree live,
      Optional<Owned> ours,
      boolean untouched,
      Map<FieldPath, Set<String>> candidates) {
    this(desired, live, ours, untouched, candidates, FieldSet.of());
  }
}
