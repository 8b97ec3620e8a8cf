package io.kcp.upstream.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import io.kubernetes.client.extended.leaderelection.LeaderElector;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Why {@link LeaseHolder} is not the client's elector. Should one of these fail, look again. */
@SuppressWarnings("JavaUtilDate")
class StockElectorTest {
  private final FakeLock.Shared lease = new FakeLock.Shared();
  private final AtomicBoolean toldOfLoss = new AtomicBoolean();

  @Test
  void tellsOfTheLossOfALeaseThatWasNeverHeld() throws InterruptedException {
    Date now = new Date();
    lease.set(new LeaderElectionRecord("other", 60, now, now, 0));
    Thread running = new Thread(this::run);
    running.start();
    await().until(() -> lease.gets() > 0);

    running.interrupt();
    running.join();

    assertThat(toldOfLoss).isTrue();
  }

  @Test
  void endsWithTheFirstLoss() throws InterruptedException {
    Thread running = new Thread(this::run);
    running.start();
    await().until(() -> lease.record() != null);
    Date now = new Date();
    lease.set(new LeaderElectionRecord("other", 60, now, now, 1));

    await().until(() -> !running.isAlive());

    running.join();
    assertThat(toldOfLoss).isTrue();
  }

  @Test
  void takesThreadsForEachLease() throws InterruptedException {
    long before = threads();
    Thread running = new Thread(this::run);
    running.start();

    await().until(() -> threads() >= before + 3);

    running.interrupt();
    running.join();
  }

  private static long threads() {
    return Thread.getAllStackTraces().size();
  }

  private void run() {
    LeaderElectionConfig config =
        new LeaderElectionConfig(
            new FakeLock(lease, "stock"),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofMillis(20));
    try (LeaderElector elector = new LeaderElector(config)) {
      elector.run(() -> {}, () -> toldOfLoss.set(true));
    }
  }
}
