package io.kcp.upstream.testkit.apply;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and prints resource quantities as the server does: {@code 1000m} is {@code 1}. */
public final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([a-zA-Z]*|[eE][+-]?[0-9]+)");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final Map<Integer, String> EXPONENTS =
      Map.of(
          -9, "e-9", -6, "e-6", -3, "e-3", 0, "", 3, "e3", 6, "e6", 9, "e9", 12, "e12", 15, "e15",
          18, "e18");
  private static final int NANO = 9;
  private static final int MILLI = 3;
  private static final int MAX_DIGITS = 18;
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private Quantity() {}

  /** The number that a quantity stands for; empty when it is none. */
  public static Optional<BigDecimal> number(@Nullable Object value) {
    String text = value instanceof Number number ? plain(number) : String.valueOf(value).strip();
    Matcher matcher = FORM.matcher(text);
    if (value == null || !matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (BINARY.indexOf(suffix) > 0) {
      return Optional.of(number.multiply(KIBI.pow(BINARY.indexOf(suffix))));
    }
    if (suffix.matches("[eE][+-]?[0-9]{1,3}")) {
      return Optional.of(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))));
    }
    return DECIMAL.contains(suffix)
        ? Optional.of(number.scaleByPowerOfTen(3 * DECIMAL.indexOf(suffix) - 9))
        : Optional.empty();
  }

  /** The normal form of a quantity; what is none is returned as it is. */
  static @Nullable Object canonical(@Nullable Object value) {
    return canonical(value, NANO);
  }

  /** The normal form of an amount of a resource, rounded up to thousandths. */
  static @Nullable Object ofResource(@Nullable Object value) {
    return canonical(value, MILLI);
  }

  private static @Nullable Object canonical(@Nullable Object value, int digits) {
    String text = value instanceof Number number ? plain(number) : String.valueOf(value).strip();
    Matcher matcher = FORM.matcher(text);
    if (value == null || !matcher.matches()) {
      return value;
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (BINARY.indexOf(suffix) > 0) {
      BigDecimal factor = KIBI.pow(BINARY.indexOf(suffix));
      return binary(number.multiply(factor).setScale(digits, RoundingMode.UP));
    }
    boolean withExponent = suffix.matches("[eE][+-]?[0-9]{1,3}");
    if (!withExponent && !DECIMAL.contains(suffix)) {
      return value;
    }
    int exponent =
        withExponent ? Integer.parseInt(suffix.substring(1)) : 3 * DECIMAL.indexOf(suffix) - 9;
    return isKept(matcher.group(1), exponent, digits)
        ? text
        : decimal(
            number.scaleByPowerOfTen(exponent).setScale(digits, RoundingMode.UP), withExponent);
  }

  /** The server leaves a text alone that looks normal to it, though it may not be. */
  private static boolean isKept(String number, int exponent, int digits) {
    String written = number.replaceFirst("^[+-]?0*", "");
    int point = written.indexOf('.');
    int scale = exponent - (point < 0 ? 0 : written.length() - point - 1);
    String shifted = written.replace(".", "");
    return scale % 3 == 0
        && scale >= -digits
        && !shifted.isEmpty()
        && shifted.length() <= MAX_DIGITS
        && shifted.charAt(0) != '0'
        && !shifted.endsWith("000");
  }

  private static String plain(Number number) {
    return new BigDecimal(number.toString()).toPlainString();
  }

  private static String binary(BigDecimal number) {
    if (number.abs().compareTo(KIBI) < 0) {
      return decimal(number, false);
    }
    if (number.stripTrailingZeros().scale() > 0) {
      return decimal(number, false);
    }
    BigInteger rest = number.toBigInteger();
    int suffix = 0;
    while (suffix < BINARY.size() - 1 && rest.mod(KIBI.toBigInteger()).signum() == 0) {
      rest = rest.divide(KIBI.toBigInteger());
      suffix++;
    }
    return rest + BINARY.get(suffix);
  }

  private static String decimal(BigDecimal rounded, boolean withExponent) {
    if (rounded.signum() == 0) {
      return "0";
    }
    int power = 18;
    while (rounded.scaleByPowerOfTen(-power).stripTrailingZeros().scale() > 0) {
      power -= 3;
    }
    String suffix = withExponent ? EXPONENTS.get(power) : DECIMAL.get(power / 3 + 3);
    return rounded.scaleByPowerOfTen(-power).toBigInteger() + String.valueOf(suffix);
  }
}
