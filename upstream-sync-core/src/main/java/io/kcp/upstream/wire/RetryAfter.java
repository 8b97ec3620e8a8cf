package io.kcp.upstream.wire;

import com.google.common.primitives.Ints;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The header of RFC 9110, section 10.2.3; API servers send seconds only, a date reads as none. */
final class RetryAfter {
  private static final int MOST_SECONDS = 300;

  private RetryAfter() {}

  static Duration of(@Nullable String header) {
    Integer seconds = header == null ? null : Ints.tryParse(header.strip());
    return seconds == null || seconds < 0
        ? Duration.ZERO
        : Duration.ofSeconds(Math.min(seconds, MOST_SECONDS));
  }
}
