package io.kcp.upstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
  private final AdaptiveLimit limit = new AdaptiveLimit(16);

  private void answers(int count, boolean overloaded) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      limit.leave(limit.enter(), overloaded);
    }
  }

  @Test
  void beginsWithWhatIsConfiguredAndNeverRisesAboveIt() throws Exception {
    answers(100, false);

    assertThat(limit.now()).isEqualTo(16);
  }

  @Test
  void isHalvedByEachRoundThatIsRefusedAndNeverBelowOne() throws Exception {
    answers(1, true);
    assertThat(limit.now()).isEqualTo(8);
    answers(1, true);
    assertThat(limit.now()).isEqualTo(4);

    answers(10, true);
    assertThat(limit.now()).isEqualTo(1);
  }

  @Test
  void requestsThatWereUnderWayTogetherCountOnce() throws Exception {
    List<Long> together = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      together.add(limit.enter());
    }

    together.forEach(entered -> limit.leave(entered, true));

    assertThat(limit.now()).isEqualTo(8);
  }

  @Test
  void risesByOneAfterARoundOfGoodAnswers() throws Exception {
    answers(2, true);

    answers(3, false);
    assertThat(limit.now()).isEqualTo(4);
    answers(2, false);
    assertThat(limit.now()).isEqualTo(5);
    answers(200, false);
    assertThat(limit.now()).isEqualTo(16);
  }

  @Test
  void letsNoMoreInThanItSaysAndTheNextWhenOneLeaves() throws Exception {
    answers(4, true);
    long first = limit.enter();
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Long> second =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return limit.enter();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              },
              waiting);
      assertThat(second).isNotDone();

      limit.leave(first, false);

      assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(first);
    } finally {
      waiting.shutdownNow();
    }
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    answers(4, true);
    limit.enter();
    Thread waiting =
        new Thread(
            () -> {
              try {
                limit.enter();
              } catch (InterruptedException e) {
                return;
              }
              throw new IllegalStateException("it was let in");
            });
    waiting.start();

    waiting.interrupt();

    Awaitility.await().until(() -> !waiting.isAlive());
    assertThat(limit.now()).isEqualTo(1);
  }
}
