package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class InTurnTest {
  private final Queue<Runnable> executor = new ArrayDeque<>();
  private final List<String> runs = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private final InTurn inTurn = new InTurn(executor::add, this::run);

  private void run() {
    runs.add("begins");
    Runnable now = meanwhile;
    meanwhile = () -> {};
    now.run();
    runs.add("ends");
  }

  private void work() {
    for (Runnable next = executor.poll(); next != null; next = executor.poll()) {
      next.run();
    }
  }

  @Test
  void runsOnceHoweverOftenItIsAskedForBeforeItBegins() {
    inTurn.soon();
    inTurn.soon();
    work();

    assertThat(runs).containsExactly("begins", "ends");
  }

  @Test
  void askedForWhileItRunsItRunsOnceMoreAfterwards() {
    meanwhile =
        () -> {
          inTurn.soon();
          inTurn.soon();
        };
    inTurn.soon();
    work();

    assertThat(runs).containsExactly("begins", "ends", "begins", "ends");
  }

  @Test
  void isBusyFromTheQuestionToTheEnd() {
    List<Boolean> busy = new ArrayList<>(List.of(inTurn.isBusy()));
    meanwhile = () -> busy.add(inTurn.isBusy());
    inTurn.soon();
    busy.add(inTurn.isBusy());
    work();
    busy.add(inTurn.isBusy());

    assertThat(busy).containsExactly(false, true, true, false);
  }

  @Test
  void aRunThatFailsIsNotTheLast() {
    meanwhile =
        () -> {
          throw new IllegalStateException("a run that fails");
        };
    inTurn.soon();
    work();
    assertThat(inTurn.isBusy()).isFalse();

    inTurn.soon();
    work();
    assertThat(runs).containsExactly("begins", "begins", "ends");
  }
}
