package io.kcp.upstream.spi;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that nobody changes, at any depth: who sees this class need not copy. In place of
 * {@link Collections#unmodifiableMap}, which says nothing of who else holds the map.
 */
final class FrozenMap extends AbstractMap<String, Object> {
  private final Map<String, Object> fields;

  private FrozenMap(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** Takes over the map: its values are frozen, and nobody else has it. */
  static Map<String, Object> of(Map<String, Object> fields) {
    return new FrozenMap(fields);
  }

  @Override
  public int size() {
    return fields.size();
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return fields.containsKey(key);
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    return fields.get(key);
  }

  @Override
  public Object remove(@Nullable Object key) {
    throw new UnsupportedOperationException("a tree is never changed");
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Object> action) {
    fields.forEach(action);
  }

  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(fields.keySet());
  }

  @Override
  public Collection<Object> values() {
    return Collections.unmodifiableCollection(fields.values());
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return Collections.unmodifiableMap(fields).entrySet();
  }
}
