package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ConflictListener;
import io.kcp.upstream.spi.ConflictRecord;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners of records, in their order, on one thread; there is none without listeners. */
final class ListenerThread implements AutoCloseable {
  static final int WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(ListenerThread.class);
  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final List<ConflictListener> listeners;
  private final BlockingQueue<ConflictRecord> waiting = new ArrayBlockingQueue<>(WAITING);
  private final AtomicLong dropped = new AtomicLong();
  private final @Nullable Thread thread;
  private volatile boolean closed;

  ListenerThread(List<ConflictListener> listeners) {
    this.listeners = List.copyOf(listeners);
    this.thread = listeners.isEmpty() ? null : new Thread(this::run, "upstream-sync-conflicts");
    if (thread != null) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Does not wait: where too many wait, the oldest is dropped. */
  void tell(ConflictRecord record) {
    while (thread != null && !waiting.offer(record)) {
      if (waiting.poll() != null) {
        dropped.incrementAndGet();
      }
    }
  }

  long dropped() {
    return dropped.get();
  }

  private void run() {
    try {
      while (!closed) {
        ConflictRecord record = waiting.take();
        listeners.forEach(listener -> tell(listener, record));
      }
    } catch (InterruptedException e) {
      LOG.debug("conflict listeners end");
    }
  }

  /** A listener's fault is its own; of its exception only the class, as it may hold a value. */
  private static void tell(ConflictListener listener, ConflictRecord record) {
    try {
      listener.onConflict(record);
    } catch (RuntimeException e) {
      LOG.warn(
          "conflict listener {} threw {} on {}",
          listener.getClass().getName(),
          e.getClass().getName(),
          record);
    }
  }

  /** Waits a while for a listener that is at work. */
  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    closed = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
