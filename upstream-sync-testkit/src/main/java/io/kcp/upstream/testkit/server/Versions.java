package io.kcp.upstream.testkit.server;

/** Reads the resourceVersion of a request, and waits for one that is yet to come. */
final class Versions {
  /** A real server waits so long for its cache to catch up. */
  private static final long PATIENCE_MILLIS = 3_000;

  private static final long STEP_MILLIS = 50;

  private Versions() {}

  /** The number, -1 when it is none. */
  static long parse(String text) {
    try {
      long version = Long.parseLong(text);
      return version < 0 ? -1 : version;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** What is wrong with a text that is no version, in the server's words. */
  static String problem(String text) {
    return "resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
        .formatted(text, text);
  }

  /**
   * Returns once the server has got so far.
   *
   * @throws ApiException 504 when it does not
   */
  static void await(Store store, long version) {
    long waited = 0;
    while (store.version() < version) {
      if (waited >= PATIENCE_MILLIS) {
        throw ApiException.tooLargeVersion(version, store.version());
      }
      try {
        Thread.sleep(STEP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApiException.internal("the server is closing");
      }
      waited += STEP_MILLIS;
    }
  }
}
