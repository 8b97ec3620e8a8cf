package io.kcp.upstream.conflict;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.wire.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Short keyed hashes of values, so that annotations can tell whether a value changed and nothing
 * else: who reads them can't try values without the key, nor compare those of two objects or
 * fields.
 */
public final class ValueHashes {
  private static final int BYTES = 6;

  /** SipHash: as good as an HMAC where a short hash is wanted, and many times as quick. */
  private final HashFunction keyed;

  /** Hashes with this key; the same one after a restart and on every replica. */
  public ValueHashes(byte[] key) {
    ByteBuffer whole = ByteBuffer.wrap(Hashing.sha256().hashBytes(key).asBytes());
    this.keyed = Hashing.sipHash24(whole.getLong(), whole.getLong());
  }

  /**
   * The hash of a field's value.
   *
   * @param value null for an absent field, which has a hash too
   */
  String hash(ObjectKey copy, FieldPath field, @Nullable Object value) {
    Hasher hasher = keyed.newHasher();
    hasher.putString(copy + "\n" + field + "\n", StandardCharsets.UTF_8);
    if (value != null) {
      put(value, hasher);
    }
    byte[] hash = Arrays.copyOf(hasher.hash().asBytes(), BYTES);
    return Base64.getUrlEncoder().encodeToString(hash);
  }

  /** As JSON. A plain text, which most values are, is that between two quotes. */
  private static void put(Object value, Hasher hasher) {
    if (value instanceof String text && isPlain(text)) {
      hasher.putByte((byte) '"').putBytes(text.getBytes(StandardCharsets.US_ASCII));
      hasher.putByte((byte) '"');
    } else {
      hasher.putBytes(Json.write(sorted(value)));
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private static Object sorted(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((name, field) -> sorted.put((String) name, sorted(field)));
      return sorted;
    }
    return value instanceof List<?> list ? list.stream().map(ValueHashes::sorted).toList() : value;
  }
}
