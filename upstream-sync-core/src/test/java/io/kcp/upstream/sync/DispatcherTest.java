package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final ExecutorService workers = Executors.newFixedThreadPool(8);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final KeyQueue queue =
      new KeyQueue(
          new KeyBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 0)), timer);
  private final List<String> worked = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void endThreads() {
    gate.countDown();
    workers.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void worksOnWhatIsQueuedBeforeAndAfterTheStart() {
    Dispatcher dispatcher = new Dispatcher(queue, workers, 2, key -> worked.add(key.name()));
    queue.add(key("before"));
    assertThat(worked).isEmpty();

    dispatcher.start();
    queue.add(key("after"));

    await().until(() -> worked.size() == 2);
    assertThat(worked).containsExactlyInAnyOrder("before", "after");
  }

  @Test
  void neverMoreThanSoManyAtOnceAndNoKeyTwice() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Set<WorkKey> busy = ConcurrentHashMap.newKeySet();
    List<WorkKey> twice = new CopyOnWriteArrayList<>();
    Dispatcher dispatcher =
        new Dispatcher(
            queue,
            workers,
            3,
            key -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              if (!busy.add(key)) {
                twice.add(key);
              }
              busy.remove(key);
              now.decrementAndGet();
              done.incrementAndGet();
            });
    dispatcher.start();

    for (int i = 0; i < 5000; i++) {
      queue.add(key("k" + i % 50));
    }

    await().until(() -> queue.length() == 0 && dispatcher.running() == 0);
    assertThat(most.get()).isBetween(1, 3);
    assertThat(twice).isEmpty();
    assertThat(done.get()).isBetween(50, 5000);
  }

  @Test
  void aKeyWhoseWorkThrowsIsTriedAgainAndHoldsNothingUp() {
    AtomicInteger tries = new AtomicInteger();
    Dispatcher dispatcher =
        new Dispatcher(
            queue,
            workers,
            1,
            key -> {
              if (key.name().equals("bad") && tries.incrementAndGet() < 3) {
                throw new IllegalStateException("as the test wants it");
              }
              worked.add(key.name());
            });
    dispatcher.start();

    queue.add(key("bad"));
    queue.add(key("good"));

    await().until(() -> worked.contains("bad") && worked.contains("good"));
    assertThat(tries).hasValue(3);
    assertThat(queue.numRequeues(key("bad"))).isEqualTo(2);
  }

  @Test
  void drainWaitsForWorkInFlightAndLeavesTheRest() throws InterruptedException {
    CountDownLatch inFlight = new CountDownLatch(1);
    Dispatcher dispatcher =
        new Dispatcher(
            queue,
            workers,
            1,
            key -> {
              inFlight.countDown();
              gate.await();
              worked.add(key.name());
            });
    dispatcher.start();
    queue.add(key("in-flight"));
    queue.add(key("left"));
    inFlight.await();

    assertThat(dispatcher.drain(Duration.ofMillis(1))).isFalse();
    gate.countDown();

    assertThat(dispatcher.drain(LONG)).isTrue();
    assertThat(worked).containsExactly("in-flight");
    assertThat(queue.length()).isEqualTo(1);
  }

  @Test
  void aLimitOfNoneLetsKeysWaitInTheQueue() {
    Dispatcher dispatcher = new Dispatcher(queue, workers, 2, key -> worked.add(key.name()));
    dispatcher.limit(0);
    dispatcher.start();
    queue.add(key("a"));
    assertThat(queue.length()).isEqualTo(1);

    dispatcher.limit(2);

    await().until(() -> worked.contains("a"));
  }

  @Test
  void endedWorkersEndItQuietly() throws InterruptedException {
    Dispatcher dispatcher = new Dispatcher(queue, workers, 2, key -> worked.add(key.name()));
    workers.shutdownNow();

    dispatcher.start();
    queue.add(key("a"));

    assertThat(dispatcher.running()).isZero();
    assertThat(dispatcher.drain(LONG)).isTrue();
  }

  @Test
  void anInterruptEndsTheWorkAndGivesTheKeyBack() throws InterruptedException {
    CountDownLatch inFlight = new CountDownLatch(1);
    Dispatcher dispatcher =
        new Dispatcher(
            queue,
            workers,
            2,
            key -> {
              inFlight.countDown();
              gate.await();
            });
    dispatcher.start();
    queue.add(key("a"));
    inFlight.await();

    workers.shutdownNow();

    assertThat(dispatcher.drain(LONG)).isTrue();
    queue.add(key("a"));
    assertThat(queue.length()).isEqualTo(1);
  }

  private static WorkKey key(String name) {
    return new WorkKey(new GroupResource("", "pods"), "shop", name);
  }
}
