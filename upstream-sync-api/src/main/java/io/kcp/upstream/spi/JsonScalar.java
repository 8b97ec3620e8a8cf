package io.kcp.upstream.spi;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The one form of each JSON scalar inside this library: {@code String}, {@code Boolean}, {@code
 * Long}, else {@code Double}. A whole number that fits is a {@code Long} however it came, as 3.0
 * and 3 are one number to the API server, which prints both as 3.
 */
final class JsonScalar {
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private JsonScalar() {}

  /** Returns the canonical form, or null for what is no JSON scalar, NaN and infinity included. */
  static @Nullable Object canonical(@Nullable Object value) {
    if (value instanceof String || value instanceof Boolean || value instanceof Long) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return ofDouble(((Number) value).doubleValue());
    }
    return value instanceof Number number ? ofText(number.toString()) : null;
  }

  /** As {@link #canonical}, of a number in JSON's notation; null when it is none. */
  static @Nullable Object ofText(String number) {
    try {
      BigDecimal exact = new BigDecimal(number);
      boolean fits = exact.compareTo(MIN_LONG) >= 0 && exact.compareTo(MAX_LONG) <= 0;
      if (fits && (exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0)) {
        return exact.longValue();
      }
      return ofDouble(exact.doubleValue());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Object ofDouble(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return null;
    }
    boolean whole = number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63;
    return whole ? (Object) (long) number : (Object) number;
  }
}
