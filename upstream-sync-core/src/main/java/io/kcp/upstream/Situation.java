package io.kcp.upstream;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the control of a syncer stands; each change is logged once. Written by the control's thread,
 * read by any.
 */
final class Situation {
  private static final Logger LOG = LoggerFactory.getLogger(Situation.class);

  private final String syncTarget;
  private volatile Trouble spec = Trouble.NONE;
  private volatile Trouble physical = new Trouble("Starting", "it was not asked yet");
  private volatile Trouble rest = Trouble.NONE;
  private volatile Trouble finalizer = Trouble.NONE;
  private volatile Trouble workspace = Trouble.NONE;
  private volatile String physicalUid;
  private volatile @Nullable Foreign foreign;

  /** Another physical cluster than the one worked with, and since when it answers. */
  record Foreign(String uid, Instant since) {}

  /**
   * How things stand before anything was asked.
   *
   * @param physicalUid of the physical cluster that was worked with before; "" for none
   */
  Situation(String syncTarget, String physicalUid) {
    this.syncTarget = syncTarget;
    this.physicalUid = physicalUid;
  }

  /** Why the newest spec is not the one in force. */
  Trouble spec() {
    return spec;
  }

  /** Why the physical cluster can't be worked with. */
  Trouble physical() {
    return physical;
  }

  /** Why nothing is done though all is well: no SyncTarget, inactive, paused. */
  Trouble rest() {
    return rest;
  }

  /** Why the workspace can't be worked with. */
  Trouble workspace() {
    return workspace;
  }

  /** Why our finalizer can't be kept on the SyncTarget. */
  Trouble finalizer() {
    return finalizer;
  }

  /** The UID of the physical cluster that is worked with; "" before one was reached. */
  String physicalUid() {
    return physicalUid;
  }

  void spec(Trouble now) {
    tell("spec", spec, now);
    spec = now;
  }

  void physical(Trouble now) {
    if (!physical.reason().equals("Starting") || !now.isNone()) {
      tell("physical cluster", physical, now);
    }
    physical = now;
  }

  void workspace(Trouble now) {
    tell("workspace", workspace, now);
    workspace = now;
  }

  void finalizer(Trouble now) {
    tell("finalizer", finalizer, now);
    finalizer = now;
  }

  void rest(Trouble now) {
    if (!rest.reason().equals(now.reason())) {
      String what = now.isNone() ? "at work again" : now.reason() + ": " + now.message();
      LOG.info("SyncTarget {}: {}", syncTarget, what);
    }
    rest = now;
  }

  /** This is the cluster to work with. */
  void physicalUid(String uid) {
    physicalUid = uid;
    foreign = null;
  }

  /** Another cluster answers. */
  void foreign(String uid, Instant now) {
    Foreign before = foreign;
    if (before == null || !before.uid().equals(uid)) {
      foreign = new Foreign(uid, now);
    }
  }

  Optional<Foreign> foreign() {
    return Optional.ofNullable(foreign);
  }

  private void tell(String what, Trouble before, Trouble now) {
    if (before.reason().equals(now.reason())) {
      return;
    }
    if (now.isNone()) {
      LOG.info("SyncTarget {}: {}: all is well again", syncTarget, what);
    } else {
      LOG.warn("SyncTarget {}: {}: {}: {}", syncTarget, what, now.reason(), now.message());
    }
  }
}
