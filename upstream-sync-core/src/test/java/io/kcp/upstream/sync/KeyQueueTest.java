package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyQueueTest {
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource SERVICES = new GroupResource("", "services");
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration LATER = Duration.ofHours(1);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final KeyQueue queue =
      new KeyQueue(new KeyBackoff(new Backoff(SOON, Duration.ofSeconds(1), 0)), timer);

  @AfterEach
  void endTimer() {
    timer.shutdownNow();
  }

  @Test
  void aKeyIsGivenOutOnceHoweverOftenItIsAdded() {
    queue.add(pod("a"));
    queue.add(pod("a"));
    queue.addBacklog(pod("a"));

    assertThat(queue.length()).isEqualTo(1);
    assertThat(drained()).containsExactly("pods/shop/a");
  }

  @Test
  void aKeyThatIsWorkedOnComesBackOnlyWhenThatIsDone() {
    queue.add(pod("a"));
    WorkKey key = queue.poll();
    queue.addBacklog(key);
    queue.add(key);

    assertThat(queue.poll()).isNull();
    queue.done(key);
    assertThat(queue.poll()).isEqualTo(pod("a"));
    queue.done(key);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void keysOfOneResourceKeepTheirOrder() {
    queue.add(pod("b"));
    queue.add(pod("a"));
    queue.add(pod("c"));

    assertThat(drained()).containsExactly("pods/shop/b", "pods/shop/a", "pods/shop/c");
  }

  @Test
  void resourcesTakeTurns() {
    queue.add(pod("a"));
    queue.add(pod("b"));
    queue.add(pod("c"));
    queue.add(service("s"));
    queue.add(service("t"));

    assertThat(drained())
        .containsExactly(
            "pods/shop/a", "services/shop/s", "pods/shop/b", "services/shop/t", "pods/shop/c");
  }

  @Test
  void namespacesOfOneResourceTakeTurns() {
    for (String name : List.of("a", "b", "c")) {
      queue.add(new WorkKey(PODS, "crowded", name));
    }
    queue.add(new WorkKey(PODS, "quiet", "a"));

    assertThat(drained())
        .containsExactly("pods/crowded/a", "pods/quiet/a", "pods/crowded/b", "pods/crowded/c");
  }

  @Test
  void freshChangesGoBeforeTheBacklog() {
    queue.addBacklog(pod("old"));
    queue.add(pod("new"));

    assertThat(drained()).containsExactly("pods/shop/new", "pods/shop/old");
  }

  @Test
  void aChangeToAKeyOfTheBacklogMakesItFresh() {
    queue.addBacklog(pod("a"));
    queue.addBacklog(pod("b"));
    queue.add(pod("b"));

    assertThat(queue.length()).isEqualTo(2);
    assertThat(drained()).containsExactly("pods/shop/b", "pods/shop/a");
  }

  @Test
  void anUnendingStreamOfChangesKeepsNothingWaitingForEver() {
    queue.addBacklog(pod("backlog"));
    queue.addAfter(service("retry"), Duration.ZERO);
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      queue.add(pod("fresh-" + i));
      queue.add(service("fresh-" + i));
      given.add(queue.poll().toString());
    }

    assertThat(given).contains("pods/shop/backlog", "services/shop/retry");
    assertThat(given.subList(0, 3)).allMatch(key -> key.contains("fresh"));
  }

  @Test
  void tellsWheneverAKeyMayBeHad() {
    AtomicInteger told = new AtomicInteger();
    queue.onReady(told::incrementAndGet);

    queue.add(pod("a"));
    queue.add(pod("a"));
    assertThat(told).hasValue(1);
    WorkKey key = queue.poll();
    queue.add(key);
    assertThat(told).hasValue(1);
    queue.done(key);
    assertThat(told).hasValue(2);
  }

  @Nested
  class Delayed {
    @Test
    void noneOfManyIsLost() {
      for (int i = 0; i < 20_000; i++) {
        queue.addAfter(pod("p" + i), SOON);
      }

      await().until(() -> queue.length() == 20_000);
    }

    @Test
    void theSoonestOfSeveralTimesCounts() {
      queue.addAfter(pod("a"), LATER);
      queue.addAfter(pod("a"), SOON);
      queue.addAfter(pod("a"), LATER);

      await().until(() -> queue.length() == 1);
      assertThat(timer.getQueue()).filteredOn(task -> !((Future<?>) task).isCancelled()).isEmpty();
    }

    @Test
    void rateLimitedWaitsGrowUntilForgotten() {
      queue.addRateLimited(pod("a"));
      queue.addRateLimited(pod("a"));
      assertThat(queue.numRequeues(pod("a"))).isEqualTo(2);

      queue.forget(pod("a"));

      assertThat(queue.numRequeues(pod("a"))).isZero();
      await().until(() -> queue.length() == 1);
    }
  }

  @Nested
  class ShutDown {
    @Test
    void refusesNewKeysAndDropsDelayedOnesButGivesOutTheRest() throws InterruptedException {
      queue.add(pod("a"));
      queue.addAfter(pod("delayed"), LATER);
      queue.shutDown();
      queue.add(pod("b"));
      queue.addAfter(pod("c"), SOON);

      assertThat(queue.isShuttingDown()).isTrue();
      assertThat(queue.get()).isEqualTo(pod("a"));
      assertThat(queue.get()).isNull();
      assertThat(timer.getQueue()).allMatch(task -> ((Future<?>) task).isCancelled());
    }

    @Test
    void endsWhoWaits() throws InterruptedException, ExecutionException {
      ExecutorService waiter = Executors.newSingleThreadExecutor();
      Future<WorkKey> waiting = waiter.submit(queue::get);
      queue.shutDown();

      assertThat(waiting.get()).isNull();
      waiter.shutdownNow();
    }
  }

  @Test
  void waitsForAKey() throws InterruptedException, ExecutionException {
    ExecutorService waiter = Executors.newSingleThreadExecutor();
    Future<WorkKey> waiting = waiter.submit(queue::get);

    queue.add(new WorkKey(new GroupResource("", "nodes"), "", "n1"));

    assertThat(waiting.get()).hasToString("nodes/n1");
    waiter.shutdownNow();
  }

  private List<String> drained() {
    List<String> keys = new ArrayList<>();
    for (WorkKey key = queue.poll(); key != null; key = queue.poll()) {
      keys.add(key.toString());
      queue.done(key);
    }
    return keys;
  }

  private static WorkKey pod(String name) {
    return new WorkKey(PODS, "shop", name);
  }

  private static WorkKey service(String name) {
    return new WorkKey(SERVICES, "shop", name);
  }
}
