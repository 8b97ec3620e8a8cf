package io.kcp.upstream.transform;

import com.google.common.hash.Hasher;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives a JSON value to a hash: with its types and lengths, and maps in the order of their keys.
 */
final class ValueHash {
  private ValueHash() {}

  static void put(@Nullable Object value, Hasher hasher) {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8); // quicker than character by character
      hasher.putByte((byte) 's').putInt(bytes.length).putBytes(bytes);
    } else if (value instanceof Map<?, ?> map) {
      hasher.putByte((byte) 'm').putInt(map.size());
      new TreeMap<>(map)
          .forEach(
              (name, field) -> {
                put(name, hasher);
                put(field, hasher);
              });
    } else if (value instanceof List<?> list) {
      hasher.putByte((byte) 'l').putInt(list.size());
      list.forEach(item -> put(item, hasher));
    } else if (value instanceof Double number) {
      hasher.putByte((byte) 'd').putDouble(number);
    } else if (value instanceof Number number) {
      hasher.putByte((byte) 'i').putLong(number.longValue());
    } else if (value instanceof Boolean bool) {
      hasher.putByte((byte) 'b').putBoolean(bool);
    } else {
      hasher.putByte((byte) '0');
    }
  }
}
