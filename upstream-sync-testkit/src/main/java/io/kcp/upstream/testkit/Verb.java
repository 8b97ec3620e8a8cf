package io.kcp.upstream.testkit;

/**
 * What a request asks for, in the words of Kubernetes; {@link #APPLY} is told from other patches.
 */
public enum Verb {
  /** Reads one object, or a path that is no resource (discovery, {@code /version}). */
  GET,
  /** Reads a collection. */
  LIST,
  /** Follows a collection or one object. */
  WATCH,
  /** Creates an object (POST). */
  CREATE,
  /** Replaces an object (PUT). */
  UPDATE,
  /** A PATCH other than a server-side apply. */
  PATCH,
  /** A server-side apply: a PATCH whose content type is {@code application/apply-patch+…}. */
  APPLY,
  /** Deletes one object or a collection. */
  DELETE;

  /** Whether a request of this verb can change what the server stores. */
  boolean writes() {
    return switch (this) {
      case GET, LIST, WATCH -> false;
      case CREATE, UPDATE, PATCH, APPLY, DELETE -> true;
    };
  }
}
