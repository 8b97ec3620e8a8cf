package io.kcp.upstream;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import java.util.Optional;

/** Knows the physical cluster again by the UID of its kube-system, over restarts too. */
final class PhysicalIdentity {
  static final String CHANGED = "PhysicalClusterChanged";

  private final DiscoveryClient physical;

  PhysicalIdentity(DiscoveryClient physical) {
    this.physical = physical;
  }

  /**
   * Reads who answers now.
   *
   * @param remembered the UID that was worked with before; "" for none
   */
  Seen look(ObjectTree target, Selection selection, String remembered) throws InterruptedException {
    String uid = physical.clusterUid();
    Optional<String> pinned = selection.physicalClusterUid();
    if (pinned.isPresent()) {
      return new Seen(
          uid,
          pinned.get().equals(uid)
              ? Trouble.NONE
              : changed(
                  pinned.get(),
                  uid,
                  "correct spec.upstreamSync.physicalClusterUID or the kubeconfig"));
    }
    boolean released = uid.equals(target.annotations().get(SyncKeys.RELEASE));
    if (remembered.isEmpty() || remembered.equals(uid) || released) {
      return new Seen(uid, Trouble.NONE);
    }
    String help =
        "if that is right, annotate the SyncTarget with %s=%s".formatted(SyncKeys.RELEASE, uid);
    return new Seen(uid, changed(remembered, uid, help));
  }

  /** Which cluster answers, and what is wrong with that. */
  record Seen(String uid, Trouble trouble) {}

  private static Trouble changed(String expected, String found, String help) {
    return new Trouble(
        CHANGED,
        "another cluster answers: the UID of its kube-system is %s, expected is %s; nothing is written or deleted; %s"
            .formatted(found, expected, help));
  }
}
