package io.kcp.upstream;

import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorListener;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.sync.WorkKey;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Turns what a mirror tells into keys of the work queue: always the physical key, whichever side
 * changed. What the first lists show is not queued here: it waits until both sides are there.
 *
 * @param side which side the mirrors watch
 * @param queue takes each key
 * @param toPhysical the physical key of an upstream one; empty where nothing is pulled to that
 *     place
 * @param listed whether both sides of a resource have been listed once
 * @param stateChanged is to look at the mirror's state
 */
record Intake(
    Side side,
    Consumer<WorkKey> queue,
    Function<ObjectKey, Optional<ObjectKey>> toPhysical,
    Predicate<GroupResource> listed,
    Runnable stateChanged)
    implements MirrorListener {

  @Override
  public void changed(GroupResource resource, String namespace, String name) {
    if (listed.test(resource)) {
      physicalKey(resource, namespace, name).ifPresent(queue);
    }
  }

  private Optional<WorkKey> physicalKey(GroupResource resource, String namespace, String name) {
    if (side == Side.PHYSICAL) {
      return Optional.of(new WorkKey(resource, namespace, name));
    }
    return toPhysical
        .apply(new ObjectKey(Side.UPSTREAM, resource, namespace, name))
        .map(key -> new WorkKey(key.resource(), key.namespace(), key.name()));
  }

  @Override
  public void stateChanged(Mirror mirror) {
    stateChanged.run();
  }
}
