package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Optional;

/** Nothing is declared, and nothing is pruned. */
enum DeducedSchema implements MergeSchema {
  INSTANCE;

  @Override
  public Merge merge() {
    return Merge.DEDUCED;
  }

  @Override
  public MergeSchema field(String name) {
    return this;
  }

  @Override
  public boolean declares(String name) {
    return false;
  }

  @Override
  public MergeSchema items() {
    return this;
  }

  @Override
  public List<String> keys() {
    return List.of();
  }

  @Override
  public Optional<Object> keyDefault(String key) {
    return Optional.empty();
  }

  @Override
  public ObjectTree prune(ObjectTree object) {
    return object;
  }
}
