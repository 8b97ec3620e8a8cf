package io.kcp.upstream.lease;

import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.extended.leaderelection.Lock;
import io.kubernetes.client.openapi.ApiException;
import java.util.concurrent.CountDownLatch;

/** One contender's lock on a Lease that lives in {@link Shared}. */
final class FakeLock implements Lock {

  /** The Lease; several locks may be on it. */
  static final class Shared {
    private LeaderElectionRecord record;
    private int version;
    private int gets;
    private int updates;
    private RuntimeException failure;
    private CountDownLatch gate = new CountDownLatch(0);

    synchronized LeaderElectionRecord record() {
      return record;
    }

    synchronized void set(LeaderElectionRecord other) {
      record = other;
      version++;
    }

    synchronized int gets() {
      return gets;
    }

    synchronized int updates() {
      return updates;
    }

    /** Every request fails with this until null is given. */
    synchronized void failWith(RuntimeException e) {
      failure = e;
    }

    /** Every request waits for this. */
    synchronized void hangUntil(CountDownLatch opened) {
      gate = opened;
    }

    private void pass() {
      CountDownLatch now;
      RuntimeException error;
      synchronized (this) {
        now = gate;
        error = failure;
      }
      try {
        now.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      if (error != null) {
        throw error;
      }
    }
  }

  private final Shared shared;
  private final String identity;
  private int known = -1;

  FakeLock(Shared shared, String identity) {
    this.shared = shared;
    this.identity = identity;
  }

  @Override
  public LeaderElectionRecord get() throws ApiException {
    shared.pass();
    synchronized (shared) {
      shared.gets++;
      if (shared.record == null) {
        throw new ApiException(404, "no such Lease");
      }
      known = shared.version;
      return shared.record;
    }
  }

  @Override
  public boolean create(LeaderElectionRecord record) {
    shared.pass();
    synchronized (shared) {
      return shared.record == null && write(record);
    }
  }

  @Override
  public boolean update(LeaderElectionRecord record) {
    shared.pass();
    synchronized (shared) {
      shared.updates++;
      return known == shared.version && write(record);
    }
  }

  private boolean write(LeaderElectionRecord record) {
    shared.set(record);
    known = shared.version;
    return true;
  }

  @Override
  public String identity() {
    return identity;
  }

  @Override
  public String describe() {
    return "Lease default/fake";
  }
}
