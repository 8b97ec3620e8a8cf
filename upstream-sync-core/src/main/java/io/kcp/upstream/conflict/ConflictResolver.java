package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.PluginCalls;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Decides, field by field, what of a desired object is applied where the workspace has another
 * value: by a person's word, else by the strategy in force. Safe for use by many threads; writes
 * nothing.
 */
public final class ConflictResolver {
  /** Decides by the settings of one state of a SyncTarget. */
  public ConflictResolver(
      ConflictSettings settings,
      ValueHashes hashes,
      PluginCalls plugins,
      Fights fights,
      Clock clock) {}

  /** The form in which an object that upstream lacks is created. */
  public ObjectTree toCreate(Desired desired) {
    return desired.object();
  }

  /** What to apply to an object that upstream has. */
  public Resolution resolve(Dispute dispute) {
    FieldSet none = FieldSet.of();
    return new Resolution( // the physical side's word, until the strategies are asked
        dispute.desired().object(),
        !dispute.candidates().isEmpty(),
        none,
        none,
        none,
        none,
        List.of(),
        Optional.empty(),
        List.of());
  }

  /** Notes that a resolution was carried out: writes over the values of others are counted. */
  public void carriedOut(Resolution resolution) {}
}
