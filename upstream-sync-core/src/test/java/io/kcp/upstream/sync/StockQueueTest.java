package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.extended.workqueue.DefaultDelayingQueue;
import io.kubernetes.client.extended.workqueue.ratelimiter.DefaultControllerRateLimiter;
import io.kubernetes.client.extended.workqueue.ratelimiter.ItemExponentialFailureRateLimiter;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Why the client's queue parts are not used. Should one of these fail, look again. */
class StockQueueTest {

  @Test
  void theDelayingQueueLosesKeys() throws InterruptedException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    DefaultDelayingQueue<Integer> queue = new DefaultDelayingQueue<>(executor);
    for (int i = 0; i < 20_000; i++) {
      queue.addAfter(i, Duration.ofNanos(1));
    }
    queue.addAfter(-1, Duration.ZERO);
    executor.shutdownNow();
    executor.awaitTermination(10, TimeUnit.SECONDS);

    assertThat(queue.length()).isLessThan(20_000);
  }

  @Test
  void theExponentialLimiterBeginsAnewAfter64Failures() {
    ItemExponentialFailureRateLimiter<String> limiter =
        new ItemExponentialFailureRateLimiter<>(Duration.ofMillis(5), Duration.ofSeconds(1000));

    Stream.generate(() -> limiter.when("key")).limit(63).forEach(wait -> {});

    assertThat(limiter.when("key")).isEqualTo(Duration.ofSeconds(1000));
    assertThat(limiter.when("key")).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void theDefaultLimiterLetsTenAMinuteThrough() {
    DefaultControllerRateLimiter<Integer> limiter = new DefaultControllerRateLimiter<>();

    Duration last = Duration.ZERO;
    for (int key = 0; key < 200; key++) {
      last = limiter.when(key);
    }

    assertThat(last).isGreaterThan(Duration.ofMinutes(9));
  }
}
