package io.kcp.upstream.testkit.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a client closes its connection while it reads an answer. Jetty 9 looks at a
 * connection only when it writes to it, and an idle watch is not written to. As in Go's server, a
 * client that closes just its sending half has left, too; so has one that sends its next request
 * before this one's answer is complete (no client of Kubernetes pipelines).
 */
final class DisconnectWatch implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(DisconnectWatch.class);

  private final EndPoint connection;
  private final Runnable left;
  private boolean begun;
  private boolean ended;

  DisconnectWatch(EndPoint connection, Runnable left) {
    this.connection = connection;
    this.left = left;
  }

  void begin() {
    synchronized (this) {
      begun = true;
      if (ended || !connection.isOpen() || connection.tryFillInterested(this)) {
        return;
      }
    }
    LOG.warn("{} is already being read: a client that leaves is noticed late", connection);
  }

  /** Takes back the interest in bytes, so that the connection can read its next request. */
  void end() {
    synchronized (this) {
      if (ended || !begun) {
        return;
      }
      ended = true;
    }
    if (connection instanceof AbstractEndPoint watched && watched.isFillInterested()) {
      watched.getFillInterest().onFail(new IOException("no longer watched"));
    }
  }

  @Override
  public void succeeded() {
    if (hasEnded()) {
      return;
    }
    ByteBuffer one = BufferUtil.allocate(1);
    try {
      if (connection.fill(one) == 0) {
        begin();
        return;
      }
    } catch (IOException e) {
      LOG.debug("{} broke", connection, e);
    }
    left.run();
  }

  @Override
  public void failed(Throwable problem) {
    if (!hasEnded()) {
      left.run();
    }
  }

  private synchronized boolean hasEnded() {
    return ended;
  }
}
