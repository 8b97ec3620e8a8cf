package io.kcp.upstream.testkit.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import javax.servlet.AsyncContext;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer's body, written without ever blocking: what the client does not take yet waits in a
 * queue. Guarded by {@code this}; actions run outside of it.
 */
final class JettyStream implements HttpStream, WriteListener {
  private static final Logger LOG = LoggerFactory.getLogger(JettyStream.class);

  private enum Finish {
    NONE,
    END,
    CUT
  }

  private final EndPoint connection;
  private final AsyncContext async;
  private final DisconnectWatch disconnect;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final Deque<Runnable> whenDrained = new ArrayDeque<>();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private @Nullable ServletOutputStream out;
  private boolean writable;
  private boolean unflushed = true;
  private Finish finish = Finish.NONE;
  private boolean finished;

  JettyStream(EndPoint connection, AsyncContext async) {
    this.connection = connection;
    this.async = async;
    this.disconnect = new DisconnectWatch(connection, this::left);
  }

  void watchForDisconnect() {
    disconnect.begin();
  }

  void open(ServletOutputStream output) {
    synchronized (this) {
      if (finished) {
        return;
      }
      out = output;
    }
    output.setWriteListener(this);
  }

  @Override
  public void write(byte[] chunk) {
    synchronized (this) {
      if (finish != Finish.NONE || finished) {
        return;
      }
      if (chunk.length > 0) {
        waiting.add(chunk);
      }
    }
    drain();
  }

  @Override
  public void end() {
    finish(Finish.END);
  }

  @Override
  public void cut() {
    finish(Finish.CUT);
  }

  private void finish(Finish how) {
    synchronized (this) {
      if (finish == Finish.NONE) {
        finish = how;
      }
    }
    drain();
  }

  void reset() {
    if (markFinished()) {
      Connections.reset(connection);
      complete();
    }
  }

  @Override
  public boolean isOver() {
    return over.isDone();
  }

  @Override
  public void onOver(Runnable action) {
    var unused = over.thenRun(logged(action));
  }

  @Override
  public void onDrained(Runnable action) {
    synchronized (this) {
      whenDrained.add(action);
    }
    drain();
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      writable = true;
    }
    drain();
  }

  @Override
  public void onError(Throwable problem) {
    LOG.debug("{}: the client left", connection, problem);
    left();
  }

  private void left() {
    if (markFinished()) {
      connection.close();
      complete();
    }
  }

  private void drain() {
    Deque<Runnable> actions = new ArrayDeque<>();
    boolean done = false;
    synchronized (this) {
      try {
        done = writeWaiting();
      } catch (IOException e) {
        LOG.debug("{}: the client left", connection, e);
        finish = Finish.CUT;
        waiting.clear();
        done = true;
      }
      if (finished || (writable && waiting.isEmpty())) {
        actions.addAll(whenDrained);
        whenDrained.clear();
      }
    }
    if (done && markFinished()) {
      if (finish == Finish.CUT) {
        connection.close();
      }
      complete();
    }
    actions.forEach(action -> logged(action).run());
  }

  /** Returns whether the body is at its end and has gone out. */
  private boolean writeWaiting() throws IOException {
    while (writable && !finished && out != null) {
      if (!out.isReady()) {
        writable = false; // the container calls onWritePossible
      } else if (!waiting.isEmpty()) {
        out.write(waiting.remove());
        unflushed = true;
      } else if (unflushed && finish != Finish.END) {
        unflushed = false;
        out.flush();
      } else {
        return finish != Finish.NONE;
      }
    }
    return false;
  }

  private synchronized boolean markFinished() {
    boolean first = !finished;
    finished = true;
    waiting.clear();
    return first;
  }

  private void complete() {
    disconnect.end();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("{}: ended by the container first", connection, e);
    }
    over.complete(null);
    drain();
  }

  private static Runnable logged(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("An action at the end of a stream failed", e);
      }
    };
  }
}
