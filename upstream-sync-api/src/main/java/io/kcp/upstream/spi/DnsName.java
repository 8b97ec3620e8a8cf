package io.kcp.upstream.spi;

/** The DNS names of RFC 1123 in lower case, by which Kubernetes names most things. */
final class DnsName {
  private static final int LABEL = 63;
  private static final int SUBDOMAIN = 253;

  private DnsName() {}

  /** Letters, digits and inner dashes, at most 63. */
  static boolean isLabel(String text) {
    return text.length() <= LABEL && isLabel(text, 0, text.length());
  }

  /** Labels of any length joined by dots, at most 253 characters. */
  static boolean isSubdomain(String text) {
    int start = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
      if (!isLabel(text, start, dot)) {
        return false;
      }
      start = dot + 1;
    }
    return text.length() <= SUBDOMAIN && isLabel(text, start, text.length());
  }

  private static boolean isLabel(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean inner = i > start && i < end - 1;
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (inner && c == '-'))) {
        return false;
      }
    }
    return start < end;
  }
}
