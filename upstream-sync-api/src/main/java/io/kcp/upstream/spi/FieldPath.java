package io.kcp.upstream.spi;

import java.util.Map;

public final class FieldPath implements Comparable<FieldPath> {
  private FieldPath() {}

  public static FieldPath parse(String text) {
    return stub();
  }

  public FieldPath field(String name) {
    return stub();
  }

  public FieldPath item(Map<String, ?> listMapKeys) {
    return stub();
  }

  public FieldPath member(Object setValue) {
    return stub();
  }

  public FieldPath index(int index) {
    return stub();
  }

  public boolean startsWith(FieldPath prefix) {
    return stub();
  }

  @Override
  public int compareTo(FieldPath other) {
    return stub();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T stub() {
    throw new UnsupportedOperationException();
  }
}
