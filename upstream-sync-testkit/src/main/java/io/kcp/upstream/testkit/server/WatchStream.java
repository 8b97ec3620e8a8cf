package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.http.HttpStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One watch: what happens is queued by whoever writes to the store, and goes to the client on a
 * worker thread, a batch at a time, as fast as the client reads. A client that lags far behind is
 * cut off.
 */
final class WatchStream implements Subscriber {
  private static final int BATCH = 64;
  private static final int MOST_WAITING = 100_000;

  /** Ends the stream. */
  private static final Object END = new Object();

  /** An object that was there at the beginning. */
  private record Initial(Stored object) {}

  private final Call call;
  private final WatchOptions options;
  private final WatchEvents events;
  private final HttpStream out;

  /** What comes before anything queued; complete when the stream is started. */
  private final Deque<Object> head = new ArrayDeque<>();

  private final ConcurrentLinkedQueue<Object> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Whether a batch is on its way. */
  private final AtomicBoolean busy = new AtomicBoolean(true);

  WatchStream(Call call, WatchOptions options, WatchEvents events, HttpStream out) {
    this.call = call;
    this.options = options;
    this.events = events;
    this.out = out;
  }

  @Override
  public Scope scope() {
    return call.scope();
  }

  @Override
  public void on(Change change) {
    if (change.version() > options.since() && scope().holds(change.key())) {
      enqueue(change);
    }
  }

  @Override
  public void upTo(long version) {
    enqueue(new Bookmark(version, false));
  }

  @Override
  public void end() {
    enqueue(END);
  }

  /** Before start: everything that is there. */
  void replay(Listing listing, boolean marksEnd) {
    listing.items().forEach(item -> head.add(new Initial(item)));
    if (marksEnd) {
      head.add(new Bookmark(listing.version(), true));
    }
  }

  /** Before start: what the client has missed. */
  void catchUp(List<Change> missed) {
    head.addAll(missed);
  }

  /** Before start: the client has to list again. */
  void expired(String message) {
    head.add(ApiException.expired(message));
    head.add(END);
  }

  void start() {
    call.server().workers().execute(this::writeBatch);
  }

  private void enqueue(Object item) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      out.end();
      return;
    }
    queue.add(item);
    wake();
  }

  private void wake() {
    if (busy.compareAndSet(false, true)) {
      start();
    }
  }

  private void writeBatch() {
    for (int i = 0; i < BATCH; i++) {
      Object item = next();
      if (item == null) {
        busy.set(false);
        if (!queue.isEmpty()) {
          wake();
        }
        return;
      }
      write(item);
    }
    out.onDrained(this::start);
  }

  private @Nullable Object next() {
    Object item = head.poll();
    if (item == null) {
      item = queue.poll();
      if (item != null) {
        waiting.decrementAndGet();
      }
    }
    return item;
  }

  private void write(Object item) {
    byte[] line = null;
    if (item instanceof Change change) {
      line = events.of(change);
    } else if (item instanceof Initial initial) {
      line = events.initial(initial.object());
    } else if (item instanceof Bookmark bookmark) {
      line = events.bookmark(bookmark);
    } else if (item instanceof ApiException problem) {
      line = events.error(problem);
    } else {
      out.end();
    }
    if (line != null) {
      out.write(line);
    }
  }
}
