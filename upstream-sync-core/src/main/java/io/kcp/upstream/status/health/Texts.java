package io.kcp.upstream.status.health;

import java.util.regex.Pattern;

/** Words of others, made fit to stand in a reason or a message of ours. */
final class Texts {
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Za-z0-9]{0,127}");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int LONGEST = 300;

  private Texts() {}

  static boolean isReason(String text) {
    return REASON.matcher(text).matches();
  }

  static String oneLine(String text) {
    String line = SPACE.matcher(text.strip()).replaceAll(" ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
  }
}
