package io.kcp.upstream.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate")
class LeaseHolderTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final LeaseTiming TIMING =
      new LeaseTiming(Duration.ofSeconds(1), Duration.ofMillis(700), Duration.ofMillis(20));

  private final ExecutorService workers = Executors.newFixedThreadPool(4);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final FakeLock.Shared lease = new FakeLock.Shared();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void endThreads() {
    workers.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void acquiresALeaseThatIsNotThere() throws InterruptedException {
    try (LeaseHolder holder = started("a")) {
      assertThat(holder.await(LONG)).isTrue();

      assertThat(lease.record().getHolderIdentity()).isEqualTo("a");
      assertThat(lease.record().getLeaseDurationSeconds()).isEqualTo(1);
      assertThat(holder.holder()).contains("a");
      await().until(() -> told.contains("a acquired"));
    }
  }

  @Test
  void renewsWithOneRequestEach() throws InterruptedException {
    try (LeaseHolder holder = started("a")) {
      holder.await(LONG);
      await().until(() -> lease.updates() > 3);

      assertThat(lease.gets()).isEqualTo(1);
      assertThat(holder.held()).isTrue();
    }
  }

  @Test
  void anotherWaitsAndSaysForWhom() throws InterruptedException {
    try (LeaseHolder first = started("a")) {
      first.await(LONG);
      try (LeaseHolder second = started("b")) {
        await().until(() -> told.contains("b waiting: held by a"));
        assertThat(second.held()).isFalse();
        assertThat(second.holder()).contains("a");
      }
    }
    assertThat(told).doesNotContain("b acquired");
  }

  @Test
  void aReleasedLeaseIsHadAtOnceByAnother() throws InterruptedException {
    LeaseHolder first = started("a");
    first.await(LONG);

    first.close();
    first.close();

    assertThat(first.held()).isFalse();
    assertThat(lease.record().getHolderIdentity()).isEmpty();
    try (LeaseHolder second = started("b")) {
      assertThat(second.await(LONG)).isTrue();
      assertThat(lease.record().getLeaderTransitions()).isEqualTo(1);
    }
    assertThat(told).doesNotContain("a lost: held by b");
  }

  @Test
  void aDeadHoldersLeaseRunsOut() throws InterruptedException {
    Date longAgo = Date.from(Instant.EPOCH);
    lease.set(new LeaderElectionRecord("dead", 1, longAgo, longAgo, 3));

    try (LeaseHolder holder = started("a")) {
      await().until(() -> told.contains("a waiting: held by dead"));

      assertThat(holder.await(LONG)).isTrue();
      assertThat(lease.record().getLeaderTransitions()).isEqualTo(4);
    }
  }

  @Test
  void aLeaseTakenByAnotherIsLostAndTriedForAgain() throws InterruptedException {
    try (LeaseHolder holder = started("a")) {
      holder.await(LONG);
      Date now = new Date();
      lease.set(new LeaderElectionRecord("thief", 1, now, now, 1));

      await().until(() -> told.contains("a lost: held by thief"));
      await().until(() -> told.stream().filter("a acquired"::equals).count() == 2);
    }
  }

  @Test
  void isNoLongerHeldWhenARenewalHangs() throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    try (LeaseHolder holder = started("a")) {
      holder.await(LONG);
      lease.hangUntil(answered);

      await().until(() -> !holder.held());
      await().until(() -> told.contains("a lost: not renewed for 700 ms"));
      answered.countDown();
      await().until(holder::held);
    }
  }

  @Test
  void failingRenewalsAreEnduredUntilTheDeadlineAndTold() throws InterruptedException {
    try (LeaseHolder holder = started("a")) {
      holder.await(LONG);
      lease.failWith(new IllegalStateException("no route"));

      await().until(() -> told.contains("a lost: not renewed for 700 ms"));
      await().until(() -> told.contains("a waiting: no route"));
      lease.failWith(null);
      await().until(holder::held);
    }
  }

  @Test
  void aLeaseOfThisIdentityIsTakenUpAgain() throws InterruptedException {
    Date now = new Date();
    lease.set(new LeaderElectionRecord("a", 15, now, now, 7));

    try (LeaseHolder holder = started("a")) {
      assertThat(holder.await(LONG)).isTrue();
      assertThat(lease.record().getLeaderTransitions()).isEqualTo(7);
    }
  }

  @Test
  void closedBeforeItStartedItNeverAsks() throws InterruptedException {
    LeaseHolder holder = holder("a");
    holder.close();
    holder.start();

    assertThat(holder.await(LONG)).isFalse();
    assertThat(lease.gets()).isZero();
  }

  @Test
  void closingWhileARequestHangsLeavesTheLeaseToExpire() throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    LeaseHolder holder = started("a");
    holder.await(LONG);
    lease.hangUntil(answered);
    int before = lease.updates();
    Thread closing = new Thread(holder::close);
    closing.start();
    closing.interrupt();

    closing.join();

    assertThat(lease.updates()).isEqualTo(before);
    answered.countDown();
  }

  @Test
  void timesThatCannotWorkAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new LeaseTiming(second, second, Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("duration is PT1S, renewal PT1S");
    assertThatThrownBy(() -> new LeaseTiming(Duration.ofMillis(1500), second, Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(LeaseTiming.defaults().duration()).isEqualTo(Duration.ofSeconds(15));
  }

  private LeaseHolder started(String identity) {
    LeaseHolder holder = holder(identity);
    holder.start();
    return holder;
  }

  private LeaseHolder holder(String identity) {
    return new LeaseHolder(
        new FakeLock(lease, identity), TIMING, new Told(identity), workers, timer);
  }

  private final class Told implements LeaseListener {
    private final String identity;

    Told(String identity) {
      this.identity = identity;
    }

    @Override
    public void acquired() {
      told.add(identity + " acquired");
    }

    @Override
    public void lost(String why) {
      told.add(identity + " lost: " + why);
    }

    @Override
    public void waiting(String why) {
      told.add(identity + " waiting: " + why);
    }
  }
}
