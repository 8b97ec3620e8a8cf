package io.kcp.upstream.testkit.apply;

/** Stands in for what is not written yet. */
final class Stub {
  private Stub() {}

  @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"})
  static <T> T value() {
    throw new UnsupportedOperationException();
  }
}
