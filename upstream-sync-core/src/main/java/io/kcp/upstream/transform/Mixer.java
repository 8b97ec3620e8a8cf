package io.kcp.upstream.transform;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mixes words and JSON values into a digest, as MurmurHash3 mixes its blocks. In place of Guava's
 * {@code Hasher}, which carries each byte through a buffer: that was most of what a digest cost.
 */
final class Mixer {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private long high;
  private long low;

  /** Begins with another digest. */
  Mixer(Digest begin) {
    high = begin.high();
    low = begin.low();
  }

  Mixer put(long one, long other) {
    high = (Long.rotateLeft(high ^ Long.rotateLeft(one * C1, 31) * C2, 27) + low) * 5 + 0x52dce729;
    low = (Long.rotateLeft(low ^ Long.rotateLeft(other * C2, 33) * C1, 31) + high) * 5 + 0x38495ab5;
    return this;
  }

  /** A JSON value, with its types and lengths; the order of a map's fields does not count. */
  Mixer put(@Nullable Object value) {
    if (value instanceof String text) {
      return put(text);
    }
    if (value instanceof Map<?, ?> map) {
      return put(map);
    }
    if (value instanceof List<?> list) {
      put('l', list.size());
      list.forEach(this::put);
      return this;
    }
    if (value instanceof Double number) {
      return put('d', Double.doubleToLongBits(number));
    }
    if (value instanceof Number number) {
      return put('i', number.longValue());
    }
    return value instanceof Boolean bool ? put('b', bool ? 1 : 0) : put('0', 0);
  }

  Mixer put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    put('s', bytes.length); // so that what pads the end tells nothing
    int at = 0;
    for (; at + 16 <= bytes.length; at += 16) {
      put((long) WORDS.get(bytes, at), (long) WORDS.get(bytes, at + 8));
    }
    return at < bytes.length ? put(rest(bytes, at), rest(bytes, at + 8)) : this;
  }

  private static long rest(byte[] bytes, int from) {
    long word = 0;
    for (int at = Math.min(bytes.length, from + 8) - 1; at >= from; at--) {
      word = word << 8 | (bytes[at] & 0xff);
    }
    return word;
  }

  private Mixer put(Map<?, ?> map) {
    long highs = 0;
    long lows = 0;
    for (Map.Entry<?, ?> field : map.entrySet()) {
      Digest digest = new Mixer(DigestWalk.ROOT).put(field.getKey()).put(field.getValue()).digest();
      highs += digest.high();
      lows += digest.low();
    }
    return put('m', map.size()).put(highs, lows);
  }

  Digest digest() {
    long one = scattered(high + low);
    long other = scattered(low + high + low);
    return new Digest(one + other, one + other + other);
  }

  private static long scattered(long word) {
    long mixed = (word ^ word >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
