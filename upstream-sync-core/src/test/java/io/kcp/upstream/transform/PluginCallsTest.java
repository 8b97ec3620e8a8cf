package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PluginCallsTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final ExecutorService threads =
      new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void returnsWhatTheCallReturns() throws Exception {
    assertThat(new PluginCalls(threads, NEVER).call(() -> "value")).isEqualTo("value");
  }

  @Test
  void throwsWhatTheCallThrows() {
    assertThatThrownBy(
            () ->
                new PluginCalls(threads, NEVER)
                    .call(
                        () -> {
                          throw new IllegalStateException("broken");
                        }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void interruptsALateCall() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                new PluginCalls(threads, Duration.ofMillis(200))
                    .call(
                        () -> {
                          started.countDown();
                          try {
                            new CountDownLatch(1).await();
                          } catch (InterruptedException e) {
                            interrupted.countDown();
                          }
                          return "late";
                        }))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("no answer within 200 ms");
    // A machine that was busy for all of the limit has not even started it.
    assertThat(started.getCount() > 0 || interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void refusesAtOnceWhenLateCallsHoldEveryThread() {
    CountDownLatch free = new CountDownLatch(1);
    threads.execute(() -> awaitUninterrupted(free));

    assertThatThrownBy(() -> new PluginCalls(threads, NEVER).call(() -> "value"))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("every thread for plug-ins is held");
    free.countDown();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
