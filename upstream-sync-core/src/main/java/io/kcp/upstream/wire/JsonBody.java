package io.kcp.upstream.wire;

import java.util.Optional;

/** A request's body as a JSON tree; written only when it is sent, and never printed. */
public record JsonBody(Object tree) {
  static Optional<JsonBody> of(Object tree) {
    return Optional.of(new JsonBody(tree));
  }

  @Override
  public String toString() {
    return "JSON";
  }
}
