package io.kcp.upstream.trouble;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the library logs for an operator, from INFO on, while this is open. */
final class LogLines implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.kcp.upstream");
  private final ListAppender<ILoggingEvent> kept = new ListAppender<>();
  private final Level before = logger.getLevel();

  LogLines() {
    kept.start();
    logger.addAppender(kept);
    logger.setLevel(Level.INFO);
  }

  List<ILoggingEvent> events() {
    return List.copyOf(kept.list).stream()
        .filter(event -> !event.getLoggerName().startsWith("io.kcp.upstream.testkit"))
        .toList();
  }

  /** As a person reads them. */
  List<String> lines() {
    return events().stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(kept);
    logger.setLevel(before);
  }
}
