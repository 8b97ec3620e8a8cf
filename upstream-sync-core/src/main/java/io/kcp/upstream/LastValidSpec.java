package io.kcp.upstream;

import io.kcp.upstream.discovery.InvalidSpecException;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the SyncTarget's spec; one that is not valid leaves the last valid one in force. */
final class LastValidSpec {
  private final Setup setup;
  private final Situation situation;
  private @Nullable Object asked;
  private @Nullable Selection selection;

  LastValidSpec(Setup setup, Situation situation) {
    this.setup = setup;
    this.situation = situation;
  }

  /**
   * The same instance as long as the spec and the labels stay the same.
   *
   * @throws SyncException of the kind CONFIGURATION when no spec was valid yet
   */
  Selection of(ObjectTree target) {
    try {
      Selection now = selection;
      Object wanted = List.of(target.tree("spec"), target.labels());
      if (now == null || !wanted.equals(asked)) {
        now = new SpecReading(setup.plugins()).read(target);
        selection = now;
        asked = wanted;
      }
      situation.spec(Trouble.NONE);
      return now;
    } catch (InvalidSpecException e) {
      situation.spec(
          new Trouble(
              "InvalidSpec", e.getMessage() + "; the last valid spec stays in force until then"));
      if (selection == null) {
        throw new SyncException(
            SyncException.Kind.CONFIGURATION, null, String.valueOf(e.getMessage()), e);
      }
      return selection;
    }
  }
}
