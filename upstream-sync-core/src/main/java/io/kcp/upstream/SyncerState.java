package io.kcp.upstream;

import io.kcp.upstream.spi.GroupResource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a syncer stands: a snapshot, taken without a request. The SyncTarget's status is a rendering
 * of it.
 *
 * @param reason CamelCase, the same word as in the SyncTarget's conditions
 * @param since when the phase began
 * @param inSync lists complete and no key waiting: each selected object is synced or reported
 * @param physicalSeen when the physical cluster last answered; null before it first did
 * @param workspaceSeen when the workspace last answered; null before it first did
 * @param objects how many physical objects stand at each verdict
 * @param resources the state of each selected resource, such as {@code Synced} or {@code Forbidden}
 */
public record SyncerState(
    Phase phase,
    String reason,
    String message,
    Instant since,
    boolean inSync,
    @Nullable Instant physicalSeen,
    @Nullable Instant workspaceSeen,
    Map<Explanation.Verdict, Long> objects,
    Map<GroupResource, String> resources) {

  /** Where in its life a syncer is. */
  public enum Phase {
    /** Not started. */
    NEW,
    /** Another process holds the lease. */
    STANDBY,
    /** At work. */
    RUNNING,
    /** The SyncTarget says so. */
    PAUSED,
    /** Something outside has to change first; the reason says what. */
    BLOCKED,
    /** Closed. */
    STOPPED,
    /** Ended by an error. */
    FAILED
  }

  public SyncerState {
    objects = Map.copyOf(objects);
    resources = Map.copyOf(resources);
  }
}
