package io.kcp.upstream.testkit.apply;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the server prints of a struct in which nothing is set. */
final class EmptyStructs {
  private EmptyStructs() {}

  static Map<String, Object> of(MapType type) {
    Map<String, Object> empty = new LinkedHashMap<>();
    type.fields()
        .forEach(
            (name, field) -> {
              if (isEmbedded(field) && field.type().map() != null) {
                empty.put(name, of(field.type().map()));
              } else if (field.presence() == MapType.Presence.ALWAYS) {
                Json.put(empty, name, zero(field));
              }
            });
    return empty;
  }

  /** Whether the server's struct holds this one by value, so that it is always printed. */
  static boolean isEmbedded(MapType.Field field) {
    return field.defaultValue() instanceof Map<?, ?>;
  }

  static @Nullable Object zero(MapType.Field field) {
    Type.Scalar scalar = field.type().scalar();
    if (scalar == null || field.defaultValue() == null) {
      return null;
    }
    return switch (scalar) {
      case STRING -> "";
      case INTEGER -> 0L;
      case NUMBER -> 0.0;
      case BOOLEAN -> false;
      default -> null;
    };
  }
}
