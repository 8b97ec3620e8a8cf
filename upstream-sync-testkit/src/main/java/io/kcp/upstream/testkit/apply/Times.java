package io.kcp.upstream.testkit.apply;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prints times as the server does: in UTC, to the second or the microsecond. The server refuses a
 * time to the microsecond that has not six digits of it; here it stays as it is.
 */
final class Times {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /**
   * A time as it is printed, by far the commonest; whether there is such a day is not looked at.
   */
  private static final Pattern PRINTED =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  static @Nullable Object toSeconds(@Nullable Object value) {
    boolean printed = value instanceof String text && PRINTED.matcher(text).matches();
    return printed ? value : print(value, SECONDS);
  }

  static @Nullable Object toMicros(@Nullable Object value) {
    return String.valueOf(value).matches(".*\\.[0-9]{6}[^0-9].*") ? print(value, MICROS) : value;
  }

  /** What is no time is returned as it is. */
  private static @Nullable Object print(@Nullable Object value, DateTimeFormatter format) {
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      return format.format(OffsetDateTime.parse(text));
    } catch (DateTimeException noTime) {
      return value; // validation names it
    }
  }
}
