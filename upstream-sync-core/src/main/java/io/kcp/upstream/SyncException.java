package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What the library throws when it can't go on. The message is for people; decide by {@link #kind}.
 */
public final class SyncException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What would help. */
  public enum Kind {
    /** Nothing but time: a server that is down or busy. */
    TRANSIENT,
    /** A decision: two writers want different things. */
    CONFLICT,
    /** A change of the object or of the server. */
    TERMINAL,
    /** A change of what the host or the SyncTarget says. */
    CONFIGURATION
  }

  private final Kind kind;
  private final transient @Nullable ObjectKey key;

  SyncException(Kind kind, @Nullable ObjectKey key, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.key = key;
  }

  static SyncException configuration(String message) {
    return new SyncException(Kind.CONFIGURATION, null, message, null);
  }

  public Kind kind() {
    return kind;
  }

  /** The object it is about, or null when it is about none. */
  public @Nullable ObjectKey key() {
    return key;
  }
}
