package io.kcp.upstream.wire;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a cluster answers at all. It is said once when it has not for a moment, and once when it
 * does again, however many requests and watches meet that. Safe for any thread.
 */
final class Reachability {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterEndpoint.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String cluster;
  private final LongSupplier nanos;
  private volatile boolean failing;
  private long since; // guarded by this, as is told
  private boolean told;

  /** {@code nanos} tells the time as {@link System#nanoTime} does. */
  Reachability(String cluster, LongSupplier nanos) {
    this.cluster = cluster;
    this.nanos = nanos;
  }

  void answered() {
    if (failing) {
      recovered();
    }
  }

  private synchronized void recovered() {
    if (told) {
      LOG.info("{}: answers again, after {} s", cluster, silence().toSeconds());
    }
    failing = false;
    told = false;
  }

  synchronized void failed(String why) {
    if (!failing) {
      failing = true;
      since = nanos.getAsLong();
    } else if (!told && silence().compareTo(PATIENCE) >= 0) {
      told = true;
      LOG.warn("{}: does not answer: {}", cluster, why);
    }
  }

  private Duration silence() {
    return Duration.ofNanos(nanos.getAsLong() - since);
  }
}
