package io.kcp.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private static final long SOON = 500;
  private static final long LATER = 5000;

  private record Call(Runnable task, long at, ScheduledFuture<?> handle) {}

  private final ScheduledExecutorService timer = mock(ScheduledExecutorService.class);
  private final AtomicInteger looks = new AtomicInteger();
  private final List<Call> calls = new ArrayList<>();
  private final Alarm alarm =
      new Alarm(
          timer,
          looks::incrementAndGet,
          Duration.ofMillis(SOON),
          List.of(Duration.ofMillis(LATER)));
  private long now;

  @BeforeEach
  void schedule() {
    when(timer.schedule(any(Runnable.class), anyLong(), any()))
        .thenAnswer(
            asked -> {
              TimeUnit unit = asked.getArgument(2);
              return add(asked.getArgument(0), now + unit.toMillis(asked.getArgument(1)));
            });
  }

  private ScheduledFuture<?> add(Runnable task, long at) {
    ScheduledFuture<?> handle = mock(ScheduledFuture.class);
    Call call = new Call(task, at, handle);
    when(handle.cancel(false)).thenAnswer(asked -> calls.remove(call));
    calls.add(call);
    return handle;
  }

  private void passTo(long time) {
    now = time;
    for (Call call : List.copyOf(calls)) {
      if (call.at <= now && calls.remove(call)) {
        call.task.run();
      }
    }
  }

  @Test
  void manyRingsAreOneLookSoonAndOneLater() {
    alarm.ring();
    alarm.ring();
    assertThat(looks).hasValue(0);

    passTo(SOON);
    assertThat(looks).hasValue(1);

    passTo(LATER);
    assertThat(looks).hasValue(2);
    assertThat(calls).isEmpty();
  }

  @Test
  void ringsWithoutEndPutNoLookOff() {
    for (long time = 0; time < 3 * SOON; time += 100) {
      passTo(time);
      alarm.ring();
    }

    assertThat(looks).hasValue(2);
  }

  @Test
  void theLaterLookWaitsForTheLastRing() {
    alarm.ring();
    passTo(LATER - 1);
    alarm.ring();
    passTo(LATER);
    assertThat(looks).hasValue(1);

    passTo(2 * LATER);
    assertThat(looks).hasValue(3);
  }

  @Test
  void aFailingLookEndsNothing() {
    Alarm failing =
        new Alarm(
            timer,
            () -> {
              looks.incrementAndGet();
              throw new IllegalStateException("not today");
            },
            Duration.ofMillis(SOON),
            List.of());

    failing.ring();
    passTo(SOON);
    failing.ring();
    passTo(2 * SOON);

    assertThat(looks).hasValue(2);
  }

  @Test
  void nothingIsLookedAtAfterTheEnd() {
    alarm.ring();
    alarm.close();
    alarm.ring();

    assertThat(calls).isEmpty();
  }
}
