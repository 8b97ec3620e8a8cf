package io.kcp.upstream.spi;

import java.util.Iterator;
import java.util.Map;

public final class FieldSet implements Iterable<FieldPath> {
  private FieldSet() {}

  public static FieldSet of(FieldPath... paths) {
    return stub();
  }

  public static FieldSet ofFieldsV1(Map<String, ?> fieldsV1) {
    return stub();
  }

  public Map<String, Object> toFieldsV1() {
    return stub();
  }

  public boolean contains(FieldPath path) {
    return stub();
  }

  public FieldSet union(FieldSet other) {
    return stub();
  }

  public FieldSet minus(FieldSet other) {
    return stub();
  }

  @Override
  public Iterator<FieldPath> iterator() {
    return stub();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T stub() {
    throw new UnsupportedOperationException();
  }
}
