package io.kcp.upstream.spi;

import org.jspecify.annotations.Nullable;

/**
 * A field of an {@link ObjectTree} holds another type than the caller asked for. The message has
 * the path, the wanted type and the found one, and never a value.
 */
public final class FieldTypeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FieldTypeException(FieldPath path, String wanted, @Nullable Object found) {
    super("%s: %s is wanted, found %s".formatted(path, wanted, JsonValue.typeOf(found)));
  }
}
