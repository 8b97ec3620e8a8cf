package io.kcp.upstream.spi;

public interface ConflictStrategy {
  String name();

  default boolean needsBase() {
    return true;
  }

  Decision resolve(FieldConflict conflict);
}
