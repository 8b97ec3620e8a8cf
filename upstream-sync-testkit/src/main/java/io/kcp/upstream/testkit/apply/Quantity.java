package io.kcp.upstream.testkit.apply;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Prints resource quantities as the server does: {@code 1000m} is {@code 1}. */
final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([a-zA-Z]*|[eE][+-]?[0-9]+)");
  private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final List<String> DECIMAL =
      List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
  private static final Map<Integer, String> EXPONENTS =
      Map.of(
          -9, "e-9", -6, "e-6", -3, "e-3", 0, "", 3, "e3", 6, "e6", 9, "e9", 12, "e12", 15, "e15",
          18, "e18");
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

  private Quantity() {}

  /** The normal form of a quantity; what is none is returned as it is. */
  static @Nullable Object canonical(@Nullable Object value) {
    String text = value instanceof Number number ? plain(number) : String.valueOf(value);
    Matcher matcher = FORM.matcher(text.strip());
    if (value == null || !matcher.matches()) {
      return value;
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (BINARY.indexOf(suffix) > 0) {
      return binary(number.multiply(KIBI.pow(BINARY.indexOf(suffix))));
    }
    if (DECIMAL.contains(suffix)) {
      return decimal(number.scaleByPowerOfTen(3 * DECIMAL.indexOf(suffix) - 9), false);
    }
    return suffix.matches("[eE][+-]?[0-9]{1,3}")
        ? decimal(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))), true)
        : value;
  }

  private static String plain(Number number) {
    return new BigDecimal(number.toString()).toPlainString();
  }

  private static String binary(BigDecimal number) {
    if (number.abs().compareTo(KIBI) < 0) {
      return decimal(number, false);
    }
    BigInteger rest = number.setScale(0, RoundingMode.UP).toBigInteger();
    int suffix = 0;
    while (suffix < BINARY.size() - 1 && rest.mod(KIBI.toBigInteger()).signum() == 0) {
      rest = rest.divide(KIBI.toBigInteger());
      suffix++;
    }
    return rest + BINARY.get(suffix);
  }

  private static String decimal(BigDecimal number, boolean withExponent) {
    BigDecimal rounded = number.setScale(9, RoundingMode.UP);
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
