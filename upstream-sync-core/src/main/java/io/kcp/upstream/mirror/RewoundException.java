package io.kcp.upstream.mirror;

/** A cluster's versions are lower than they were, and that was not foreseen. */
final class RewoundException extends Exception {
  private static final long serialVersionUID = 1;

  RewoundException(String version, String highest) {
    super(
        "the cluster's resourceVersion is %s, it was %s before: was it restored from a backup?"
            .formatted(version, highest));
  }
}
