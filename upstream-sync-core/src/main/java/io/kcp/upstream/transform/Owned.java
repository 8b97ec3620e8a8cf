package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldSet;

/**
 * What one manager owns of one object.
 *
 * @param operation APPLY, or UPDATE while the manager has not applied the object since it made it
 */
public record Owned(Operation operation, FieldSet fields) {
  /** How the fields came to be owned. */
  public enum Operation {
    APPLY,
    UPDATE
  }
}
