package io.kcp.upstream.spi;

import java.util.*;
import java.util.function.UnaryOperator;

public final class ObjectTree {
  private ObjectTree() {}

  public static ObjectTree of(Map<String, ?> content) {
    return stub();
  }

  public String apiVersion() {
    return stub();
  }

  public String kind() {
    return stub();
  }

  public String namespace() {
    return stub();
  }

  public String name() {
    return stub();
  }

  public Map<String, String> labels() {
    return stub();
  }

  public Map<String, String> annotations() {
    return stub();
  }

  public Optional<Object> get(FieldPath path) {
    return stub();
  }

  public Optional<String> string(String path) {
    return stub();
  }

  public OptionalLong integer(String path) {
    return stub();
  }

  public boolean isTrue(String path) {
    return stub();
  }

  public Optional<ObjectTree> tree(String path) {
    return stub();
  }

  public List<ObjectTree> items(String path) {
    return stub();
  }

  public ObjectTree with(String path, Object value) {
    return stub();
  }

  public ObjectTree without(String path) {
    return stub();
  }

  public Map<String, Object> asMap() {
    return stub();
  }

  public ObjectTree mapStrings(String pattern, UnaryOperator<String> change) {
    return stub();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T stub() {
    throw new UnsupportedOperationException();
  }
}
