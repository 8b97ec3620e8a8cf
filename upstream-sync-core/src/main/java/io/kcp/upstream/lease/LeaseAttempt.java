package io.kcp.upstream.lease;

import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.extended.leaderelection.Lock;
import io.kubernetes.client.openapi.ApiException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * One round of asking for a Lease. Others' clocks are not believed: a Lease of theirs has run out
 * when it has not changed here for as long as it lasts. For one thread at a time.
 */
@SuppressWarnings("JavaUtilDate") // the record's own type
final class LeaseAttempt {
  private final Lock lock;
  private final Duration duration;
  private volatile @Nullable LeaderElectionRecord seen;
  private long seenAt;

  LeaseAttempt(Lock lock, Duration duration) {
    this.lock = lock;
    this.duration = duration;
  }

  /** Who held it when it was last read or written; "" for nobody. */
  String holder() {
    LeaderElectionRecord record = seen;
    return record == null ? "" : record.getHolderIdentity();
  }

  /** Returns whether it is ours now; {@code renewing} says that it was before. */
  boolean acquireOrRenew(boolean renewing) throws ApiException {
    LeaderElectionRecord known = seen;
    if (renewing && known != null && write(ours(known))) {
      return true; // one request in place of two; had somebody taken it, it would not go through
    }
    return acquire();
  }

  private boolean acquire() throws ApiException {
    LeaderElectionRecord now;
    try {
      now = lock.get();
    } catch (ApiException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
      return create();
    }
    if (!now.equals(seen)) {
      see(now);
    }
    return (isOurs(now) || hasRunOut(now)) && write(ours(now));
  }

  /** Gives it up; returns false when it was not ours any more. */
  boolean release() {
    LeaderElectionRecord known = seen;
    if (known == null || !isOurs(known)) {
      return false;
    }
    Date now = new Date();
    return write(
        new LeaderElectionRecord("", 1, known.getAcquireTime(), now, known.getLeaderTransitions()));
  }

  private boolean create() {
    Date now = new Date();
    LeaderElectionRecord first =
        new LeaderElectionRecord(lock.identity(), (int) duration.toSeconds(), now, now, 0);
    boolean created = lock.create(first);
    if (created) {
      see(first);
    }
    return created;
  }

  private boolean write(LeaderElectionRecord record) {
    boolean written = lock.update(record);
    if (written) {
      see(record);
    }
    return written;
  }

  private LeaderElectionRecord ours(LeaderElectionRecord before) {
    Date now = new Date();
    boolean same = isOurs(before);
    Date since = same && before.getAcquireTime() != null ? before.getAcquireTime() : now;
    int transitions = before.getLeaderTransitions() + (same ? 0 : 1);
    return new LeaderElectionRecord(
        lock.identity(), (int) duration.toSeconds(), since, now, transitions);
  }

  private void see(LeaderElectionRecord record) {
    seen = record;
    seenAt = System.nanoTime();
  }

  private boolean isOurs(LeaderElectionRecord record) {
    return lock.identity().equals(record.getHolderIdentity());
  }

  private boolean hasRunOut(LeaderElectionRecord record) {
    Duration lasts = Duration.ofSeconds(record.getLeaseDurationSeconds());
    return record.getHolderIdentity().isEmpty() || System.nanoTime() - seenAt >= lasts.toNanos();
  }
}
