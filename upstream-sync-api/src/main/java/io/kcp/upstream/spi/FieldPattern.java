package io.kcp.upstream.spi;

public final class FieldPattern {
  private FieldPattern() {}

  public static FieldPattern parse(String text) {
    return stub();
  }

  public boolean covers(FieldPath path) {
    return stub();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T stub() {
    throw new UnsupportedOperationException();
  }
}
