package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VigilTest {
  private static final Duration LONG = Duration.ofMinutes(11);

  private final AtomicLong nanos = new AtomicLong(System.nanoTime());
  private final Vigil vigil = new Vigil(nanos::get);
  private final Thread other = new Thread(() -> {}, "another");

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void answered() {
    vigil.answered(ApiRequest.get("/"), 0, Duration.ZERO, Duration.ZERO);
  }

  @Test
  void aTaskWithoutASignOfLifeIsStuckAfterTenMinutes() {
    vigil.begins(other);
    passes(Duration.ofMinutes(9));
    assertThat(vigil.stuck()).isEmpty();

    passes(Duration.ofMinutes(2));

    assertThat(vigil.stuck()).hasValueSatisfying(s -> assertThat(s).contains("another", "PT11M"));
    vigil.ended(other);
    assertThat(vigil.stuck()).isEmpty();
  }

  @Test
  void requestsThatEndAreSignsOfLifeWithOrWithoutAnAnswer() {
    vigil.begins(Thread.currentThread());
    for (int i = 0; i < 20; i++) {
      vigil.asking();
      passes(Duration.ofMinutes(5));
      answered();
    }
    assertThat(vigil.stuck()).isEmpty();

    passes(LONG); // no request, no end

    assertThat(vigil.stuck()).isPresent();
  }

  @Test
  void whoWaitsForItsTurnIsNotStuckWhileOthersHaveTheirs() throws InterruptedException {
    vigil.begins(Thread.currentThread());
    vigil.asking();
    for (int i = 0; i < 20; i++) {
      passes(Duration.ofMinutes(5));
      Thread watch = new Thread(this::answered);
      watch.start();
      watch.join();
    }
    assertThat(vigil.stuck()).isEmpty();

    passes(LONG); // nobody has

    assertThat(vigil.stuck()).isPresent();
  }

  @Test
  void aRequestMayTakeAsLongAsItsTimeOutAllows() {
    Duration request = Duration.ofMinutes(3);
    vigil.watch(
        new ClusterEndpoint(
            "edge", new ApiClient(), "", new EndpointLimits(1, 1, 1, 1, request), ApiClient::new));
    vigil.begins(other);
    passes(Duration.ofMinutes(29));
    assertThat(vigil.stuck()).isEmpty();

    passes(Duration.ofMinutes(2));

    assertThat(vigil.stuck()).isPresent();
  }

  @Test
  void whatNeverHasItsTurnIsStuckUnlessAServerKeepsTheThreads() {
    vigil.expect(this, "the status");
    passes(LONG);
    assertThat(vigil.stuck()).contains("the status has not had its turn for PT11M");

    answered();
    vigil.begins(Thread.currentThread());
    vigil.asking();
    assertThat(vigil.stuck()).as("a worker is at a request").isEmpty();

    vigil.ended(Thread.currentThread());
    vigil.turn(this);
    assertThat(vigil.stuck()).isEmpty();
    passes(LONG);
    vigil.forget(this);
    assertThat(vigil.stuck()).as("its turns are over").isEmpty();
  }

  @Test
  void aRuntimeTellsOfAWorkerThatHangsAndOfAThreadThatEnded() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    try (SyncRuntime runtime =
        new SyncRuntime(
            1, Clock.systemUTC(), SyncMeters.NONE, new ScheduledThreadPoolExecutor(1), vigil)) {
      CountDownLatch begun = new CountDownLatch(1);
      runtime
          .workers()
          .execute(
              () -> {
                begun.countDown();
                uninterrupted(end);
              });
      begun.await();
      assertThat(runtime.stuck()).isEmpty();
      passes(LONG);
      assertThat(runtime.stuck())
          .hasValueSatisfying(
              s -> assertThat(s).contains("upstream-sync-worker-0", "io.kcp.upstream.VigilTest."));
      end.countDown();
      await().until(() -> runtime.stuck().isEmpty());

      Thread watch =
          runtime
              .watchThreads()
              .newThread(
                  () -> {
                    throw new AssertionError("no room");
                  });
      watch.start();
      watch.join();

      assertThat(runtime.stuck()).hasValueSatisfying(s -> assertThat(s).contains("no room"));
    }
  }

  private static void uninterrupted(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
