package io.kcp.upstream.testkit.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of API versions: v10, v2, v1, v11beta2, v10beta3, v3alpha1, then others by name. */
final class VersionOrder {
  private static final Pattern VERSION = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

  private VersionOrder() {}

  /** Less than 0 when {@code a} is preferred. */
  static int compare(String a, String b) {
    Matcher left = VERSION.matcher(a);
    Matcher right = VERSION.matcher(b);
    boolean known = left.matches();
    if (known != right.matches()) {
      return known ? -1 : 1;
    }
    if (!known) {
      return a.compareTo(b);
    }
    int byStability = Integer.compare(stability(left), stability(right));
    int byMajor = Integer.compare(number(right, 1), number(left, 1));
    if (byStability != 0) {
      return byStability;
    }
    return byMajor != 0 ? byMajor : Integer.compare(number(right, 3), number(left, 3));
  }

  private static int stability(Matcher version) {
    String word = version.group(2);
    return word == null ? 0 : word.equals("beta") ? 1 : 2;
  }

  private static int number(Matcher version, int group) {
    String digits = version.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
