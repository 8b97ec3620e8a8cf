package io.kcp.upstream;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.mirror.MirrorListener;
import io.kcp.upstream.mirror.MirrorQuery;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The SyncTarget as it is now; tells when what it asks for changed, not of its status. */
final class TargetWatch implements MirrorListener {
  static final ResourceType SYNC_TARGETS =
      new ResourceType(
          GroupResource.parse("synctargets.workload.kcp.io"),
          "v1alpha1",
          "SyncTarget",
          false,
          Set.of("list", "watch"),
          Set.of("status"));

  private final Mirror mirror;
  private final String name;
  private final Runnable changed;
  private volatile Optional<ObjectTree> current;
  private boolean troubledBefore; // only the mirror's thread asks

  /**
   * @param first as it was read at the start
   * @param changed called on the mirror's thread
   */
  TargetWatch(Setup setup, MirrorSettings settings, ObjectTree first, Runnable changed) {
    this.name = setup.syncTarget();
    this.changed = changed;
    this.current = Optional.of(first);
    this.mirror =
        new Mirror(setup.workspace(), SYNC_TARGETS, MirrorQuery.single(name), settings, this);
  }

  void start() {
    mirror.start();
  }

  void stop() {
    mirror.stop();
  }

  /** Empty when it was deleted. */
  Optional<ObjectTree> current() {
    return current;
  }

  Optional<Instant> lastContact() {
    return mirror.lastContact();
  }

  @Override
  public void changed(GroupResource resource, String namespace, String object) {
    Optional<ObjectTree> now = mirror.find("", name).flatMap(MirrorEntry::content);
    boolean asksOtherwise = !now.map(TargetWatch::asked).equals(current.map(TargetWatch::asked));
    current = now;
    if (asksOtherwise) {
      changed.run();
    }
  }

  private static List<Object> asked(ObjectTree target) {
    return List.of(
        target.string("metadata.uid").orElse(""),
        target.tree("spec").map(ObjectTree::asMap).orElse(java.util.Map.of()),
        target.labels(),
        target.annotations(),
        TargetFinalizer.isOn(target),
        target.string("metadata.deletionTimestamp").orElse(""));
  }

  /** The workspace itself may be gone, or not to be used now. */
  @Override
  public void stateChanged(Mirror mirror) {
    boolean troubled = mirror.state() != Mirror.State.SYNCED;
    if (troubled || troubledBefore) {
      changed.run();
    }
    troubledBefore = troubled;
  }
}
