package io.kcp.upstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReachabilityTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(ClusterEndpoint.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong(42);
  private final Reachability reachability = new Reachability("workspace", nanos::get);

  @BeforeEach
  void listen() {
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  private List<String> lines() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void saysOnceThatAClusterDoesNotAnswerAndOnceThatItDoesAgain() {
    for (int i = 0; i < 10; i++) {
      reachability.failed("Connection refused");
      pass(1);
    }
    reachability.answered();
    reachability.answered();

    assertThat(lines())
        .containsExactly(
            "workspace: does not answer: Connection refused",
            "workspace: answers again, after 10 s");
  }

  @Test
  void aConnectionThatEndsIsNoNews() {
    reachability.failed("Connection reset");
    pass(1);
    reachability.answered();
    pass(60);
    reachability.failed("Connection reset");

    assertThat(lines()).isEmpty();
  }
}
