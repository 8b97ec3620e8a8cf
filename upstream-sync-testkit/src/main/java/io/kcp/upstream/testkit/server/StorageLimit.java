package io.kcp.upstream.testkit.server;

import java.util.Collection;
import java.util.Map;

/** Refuses objects that etcd would not take. */
final class StorageLimit {
  private static final int ETCD_BYTES = 3 * 512 * 1024;
  private static final int GRPC_BYTES = 2 * 1024 * 1024;

  /** Strings of less than this do not make an object too large. */
  private static final int SURELY_SMALL = 512 * 1024;

  private StorageLimit() {}

  static void check(Map<String, Object> object) {
    if (characters(object) < SURELY_SMALL) {
      return;
    }
    int size = Json.bytes(object).length;
    if (size > GRPC_BYTES) {
      throw ApiException.internal(
          "rpc error: code = ResourceExhausted desc = trying to send message larger than max (%d vs. %d)"
              .formatted(size, GRPC_BYTES));
    }
    if (size > ETCD_BYTES) {
      throw ApiException.internal("etcdserver: request is too large");
    }
  }

  private static long characters(Object value) {
    if (value instanceof Map<?, ?> map) {
      long sum = 0;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += 2 + characters(entry.getKey()) + characters(entry.getValue());
      }
      return sum;
    }
    if (value instanceof Collection<?> list) {
      long sum = 0;
      for (Object item : list) {
        sum += 1 + characters(item);
      }
      return sum;
    }
    return value instanceof String text ? text.length() : 1;
  }
}
