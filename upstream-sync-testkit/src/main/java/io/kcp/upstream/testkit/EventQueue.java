package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The events of one watch, one line each. */
final class EventQueue implements Subscriber<String>, AutoCloseable {
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private @Nullable Subscription subscription;
  private boolean closed;

  /**
   * The next event; empty when the watch has ended, or the time is over.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  Optional<ObjectTree> next(Duration limit) throws InterruptedException {
    Optional<String> line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    return line == null
        ? Optional.empty()
        : line.map(text -> JsonText.tree(text.getBytes(StandardCharsets.UTF_8)));
  }

  void end() {
    lines.add(Optional.empty());
  }

  @Override
  public synchronized void onSubscribe(Subscription begun) {
    subscription = begun;
    if (closed) {
      begun.cancel();
    } else {
      begun.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(String line) {
    lines.add(Optional.of(line));
  }

  @Override
  public void onError(Throwable problem) {
    end();
  }

  @Override
  public void onComplete() {
    end();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
