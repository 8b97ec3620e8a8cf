package io.kcp.upstream.testkit.apply;

import java.util.List;

/** An apply would change fields of other managers. The message is that of the server's 409. */
public final class ApplyConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Conflict> conflicts;

  ApplyConflictException(String message, List<Conflict> conflicts) {
    super(message);
    this.conflicts = List.copyOf(conflicts);
  }

  /** One per owner and field, in the order of the message. */
  public List<Conflict> conflicts() {
    return conflicts;
  }

  /**
   * One entry of the answer's {@code details.causes}, whose reason is FieldManagerConflict.
   *
   * @param message such as {@code conflict with "kubectl" using apps/v1}
   * @param field the path as the server prints it, such as {@code .spec.replicas}
   */
  public record Conflict(String message, String field) {}
}
