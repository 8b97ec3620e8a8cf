package io.kcp.upstream.mirror;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes many calls few: one soon after the first, and some after the last. */
final class Alarm implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

  private final ScheduledExecutorService timer;
  private final Runnable task;
  private final Duration soon;
  private final List<Duration> later;
  // Guarded by this object's lock.
  private @Nullable Future<?> next;
  private final List<Future<?>> followUps = new ArrayList<>();
  private boolean closed;

  Alarm(ScheduledExecutorService timer, Runnable task, Duration soon, List<Duration> later) {
    this.timer = timer;
    this.task = task;
    this.soon = soon;
    this.later = List.copyOf(later);
  }

  synchronized void ring() {
    if (closed) {
      return;
    }
    if (next == null) {
      next = in(soon, this::due);
    }
    followUps.forEach(call -> call.cancel(false));
    followUps.clear();
    later.forEach(wait -> followUps.add(in(wait, this::run)));
  }

  private Future<?> in(Duration wait, Runnable call) {
    return timer.schedule(call, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void due() {
    synchronized (this) {
      next = null; // what changes from here on needs another look
    }
    run();
  }

  private void run() {
    try {
      task.run();
    } catch (RuntimeException e) { // thrown on, it would be lost in the timer
      LOG.error("the look at what is served failed", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    followUps.forEach(call -> call.cancel(false));
    if (next != null) {
      next.cancel(false);
    }
  }
}
