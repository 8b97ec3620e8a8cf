package io.kcp.upstream.spi;

import java.math.BigDecimal;

/**
 * Prints scalars as the API server's Go code prints them: as JSON (in {@code FieldsV1} keys) and as
 * Go syntax (in the causes of a conflict). Both were observed on Kubernetes 1.36.
 */
final class GoText {
  private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
  private static final String ESCAPES = "abfnrtv\\\"";

  private GoText() {}

  /** A scalar as JSON: HTML's special characters are escaped, as Go's encoders do by default. */
  static void json(Object scalar, StringBuilder out) {
    if (scalar instanceof String text) {
      jsonString(text, out);
    } else if (scalar instanceof Double number) {
      out.append(number(number, -6, 21));
    } else {
      out.append(scalar);
    }
  }

  /**
   * A scalar as {@code %v}, strings as {@code %q}. Whole numbers go through a float too, as the
   * server takes each for one here: {@code 1000000} is {@code 1e+06}.
   */
  static void syntax(Object scalar, StringBuilder out) {
    if (scalar instanceof String text) {
      out.append('"');
      text.codePoints().forEach(c -> syntaxCharacter(c, out));
      out.append('"');
    } else if (scalar instanceof Number number) {
      out.append(number(number.doubleValue(), -4, 6));
    } else {
      out.append(scalar);
    }
  }

  private static void jsonString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int escape = "\t\n\r\\\"".indexOf(c);
      if (escape >= 0) {
        out.append('\\').append("tnr\\\"".charAt(escape));
      } else if (c < ' ' || "<>&\u2028\u2029".indexOf(c) >= 0) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static void syntaxCharacter(int c, StringBuilder out) {
    int escape = ESCAPED.indexOf(c);
    if (escape >= 0) {
      out.append('\\').append(ESCAPES.charAt(escape));
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else if (c < 0x80) {
      out.append(String.format("\\x%02x", c));
    } else {
      out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
    }
  }

  /** Go's {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols, ASCII space. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /** Shortest digits; with an exponent of at least two digits below 10^from and from 10^to on. */
  private static String number(double number, int from, int to) {
    BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    if (exponent >= from && exponent < to) {
      return decimal.toPlainString();
    }
    String digits = decimal.unscaledValue().abs().toString();
    return (number < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + String.format("e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
