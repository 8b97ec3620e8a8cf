package io.kcp.upstream.spi;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A JSON list that nobody changes, at any depth: as {@link FrozenMap}. */
final class FrozenList extends AbstractList<@Nullable Object> implements RandomAccess {
  private final @Nullable Object[] items;

  private FrozenList(@Nullable Object[] items) {
    this.items = items;
  }

  /** A copy of the list, whose items are frozen. */
  static List<@Nullable Object> of(List<@Nullable Object> items) {
    return new FrozenList(items.toArray());
  }

  @Override
  public int size() {
    return items.length;
  }

  @Override
  public @Nullable Object get(int index) {
    return items[index];
  }

  @Override
  public @Nullable Object[] toArray() {
    return items.clone();
  }
}
