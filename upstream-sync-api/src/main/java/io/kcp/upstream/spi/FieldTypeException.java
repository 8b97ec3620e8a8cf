package io.kcp.upstream.spi;

public final class FieldTypeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FieldTypeException(String message) {
    super(message);
  }
}
