package io.kcp.upstream.status;

import com.google.common.base.Ascii;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A finding's message as an Event may say it: a server's words without the values they quote. */
final class EventText {
  private static final int LONGEST = 1000;

  /** Where API servers quote: {@code spec.x: Invalid value: "y": must be ...}. */
  private static final Pattern QUOTING =
      Pattern.compile("(Invalid value|Unsupported value|Duplicate value|Not found): ");

  /** What is surely one value, and what ends it. */
  private static final Pattern VALUE =
      Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9.]+|true|false|null)(?=: |, |]|$)");

  /** Where server-side apply prints what it can't read. */
  private static final Pattern PRINTED = Pattern.compile(", got ");

  private EventText() {}

  static String of(String message) {
    Matcher printed = PRINTED.matcher(message);
    String text = printed.find() ? message.substring(0, printed.start()) + " ..." : message;
    return Ascii.truncate(withoutQuoted(text), LONGEST, "...");
  }

  private static String withoutQuoted(String text) {
    Matcher quoting = QUOTING.matcher(text);
    Matcher value = VALUE.matcher(text);
    StringBuilder rest = new StringBuilder();
    int from = 0;
    while (quoting.find(from)) {
      rest.append(text, from, quoting.end(1));
      value.region(quoting.end(), text.length());
      if (!value.lookingAt()) {
        return rest + " ..."; // where it ends can't be told
      }
      from = value.end();
    }
    return rest.append(text.substring(from)).toString();
  }
}
