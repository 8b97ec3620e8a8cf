package io.kcp.upstream.testkit.apply;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The string formats that the server checks. */
final class Formats {
  private static final String BYTE_OF_IPV4 = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile("(" + BYTE_OF_IPV4 + "\\.){3}" + BYTE_OF_IPV4);
  private static final Pattern IPV6 =
      Pattern.compile("(?=.*:.*:)[0-9a-fA-F:]{2,39}(\\." + BYTE_OF_IPV4 + "){0,3}");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern HOSTNAME =
      Pattern.compile(
          "(?=.{1,255}$)[a-zA-Z0-9]([-a-zA-Z0-9]{0,62})(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,62}))*\\.?");
  private static final Pattern DURATION =
      Pattern.compile("0|[-+]?([0-9]+(\\.[0-9]*)?\\s?(ns|us|µs|ms|s|m|h|d|w|[a-z]+))+");
  private static final Pattern MAC = Pattern.compile("([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}");

  private static final Map<String, Predicate<String>> CHECKS =
      Map.ofEntries(
          Map.entry("date-time", Formats::isDateTime),
          Map.entry("datetime", Formats::isDateTime),
          Map.entry("date", Formats::isDate),
          Map.entry("byte", Formats::isBase64),
          Map.entry("uri", Formats::isUri),
          Map.entry("ipv4", IPV4.asMatchPredicate()),
          Map.entry("ipv6", IPV6.asMatchPredicate()),
          Map.entry("cidr", Formats::isCidr),
          Map.entry("uuid", UUID.asMatchPredicate()),
          Map.entry("email", EMAIL.asMatchPredicate()),
          Map.entry("hostname", HOSTNAME.asMatchPredicate()),
          Map.entry("duration", DURATION.asMatchPredicate()),
          Map.entry("mac", MAC.asMatchPredicate()));

  private Formats() {}

  /** Whether the text is of the format; unknown formats take all. */
  static boolean matches(String format, String text) {
    return CHECKS.getOrDefault(format, any -> true).test(text);
  }

  private static boolean isDateTime(String text) {
    try {
      OffsetDateTime.parse(text.replace(' ', 'T'));
      return true;
    } catch (DateTimeException notOne) {
      return false;
    }
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException notOne) {
      return false;
    }
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private static boolean isUri(String text) {
    try {
      return text.startsWith("/") || new URI(text).isAbsolute();
    } catch (URISyntaxException notOne) {
      return false;
    }
  }

  private static boolean isCidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return false;
    }
    String address = text.substring(0, slash);
    int bits = Integer.parseInt(text.substring(slash + 1));
    return (IPV4.matcher(address).matches() && bits <= 32)
        || (IPV6.matcher(address).matches() && bits <= 128);
  }
}
