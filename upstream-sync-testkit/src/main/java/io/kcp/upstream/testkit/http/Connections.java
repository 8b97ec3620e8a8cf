package io.kcp.upstream.testkit.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends connections below HTTP. */
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private Connections() {}

  /** Closes with RST: what the peer has not read yet may be lost, and its next read fails. */
  static void reset(EndPoint connection) {
    try {
      if (connection.getTransport() instanceof SocketChannel channel && channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      LOG.debug("{} was closed before it could be reset", connection, e);
    }
    connection.close();
  }
}
