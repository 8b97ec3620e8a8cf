package io.kcp.upstream.sync;

import java.util.Collection;

/**
 * The server names fields in conflict that are none of those sent, as far as we can tell: forcing
 * the others would take these too.
 */
final class UnreadConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadConflictException(Collection<String> fields) {
    super("the server names conflicts on fields that were not sent: " + String.join(", ", fields));
  }
}
