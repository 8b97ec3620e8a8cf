package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControllerTest {
  private final Deque<Runnable> work = new ArrayDeque<>();
  private final List<String> steps = new ArrayList<>();

  private void runAll() {
    while (!work.isEmpty()) {
      work.remove().run();
    }
  }

  @Test
  void severalChangesBeforeAStepAreOne() {
    Controller<String> controller = new Controller<>(work::add, steps::add);

    controller.enqueue("a");
    controller.enqueue("a");
    controller.enqueue("b");
    runAll();

    assertThat(steps).containsExactly("a", "b");
  }

  @Test
  void aChangeDuringAStepIsAnother() {
    List<Controller<String>> self = new ArrayList<>();
    Controller<String> controller =
        new Controller<>(
            work::add,
            key -> {
              steps.add(key);
              if (steps.size() == 1) {
                self.get(0).enqueue(key);
              }
            });
    self.add(controller);

    controller.enqueue("a");
    runAll();

    assertThat(steps).containsExactly("a", "a");
  }

  @Test
  void aFailedStepDoesNotStopTheNext() {
    Controller<String> controller =
        new Controller<>(
            work::add,
            key -> {
              steps.add(key);
              throw ApiException.badRequest("on purpose");
            });

    controller.enqueue("a");
    runAll();
    controller.enqueue("a");
    runAll();

    assertThat(steps).containsExactly("a", "a");
  }
}
