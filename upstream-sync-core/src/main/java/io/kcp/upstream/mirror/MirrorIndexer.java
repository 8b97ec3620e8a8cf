package io.kcp.upstream.mirror;

import io.kubernetes.client.informer.cache.Caches;
import io.kubernetes.client.informer.cache.Indexer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The client's view of a mirror's entries, to be read only: a mirror changes by what its cluster
 * says, and by nothing else. In place of {@code Cache}, whose one monitor is held by every reader,
 * and whose keys and index sets take 168 bytes for each object beside it.
 *
 * <p>Keys are {@code namespace/name}, or {@code name}. The one index, by namespace, walks all
 * entries.
 */
final class MirrorIndexer implements Indexer<MirrorEntry> {
  private final MirrorStore store;

  MirrorIndexer(MirrorStore store) {
    this.store = store;
  }

  @Override
  public List<MirrorEntry> list() {
    return List.copyOf(store.entries());
  }

  @Override
  public List<String> listKeys() {
    return store.entries().stream().map(MirrorIndexer::key).toList();
  }

  @Override
  public @Nullable MirrorEntry getByKey(String key) {
    int slash = key.indexOf('/');
    return store.get(key.substring(0, Math.max(slash, 0)), key.substring(slash + 1));
  }

  @Override
  public @Nullable Object get(MirrorEntry entry) {
    return store.get(entry.namespace(), entry.name());
  }

  @Override
  public List<MirrorEntry> byIndex(String index, String namespace) {
    known(index);
    return store.entries().stream().filter(e -> e.namespace().equals(namespace)).toList();
  }

  @Override
  public List<MirrorEntry> index(String index, MirrorEntry entry) {
    return byIndex(index, entry.namespace());
  }

  @Override
  public List<String> indexKeys(String index, String namespace) {
    return byIndex(index, namespace).stream().map(MirrorIndexer::key).toList();
  }

  @Override
  public Map<String, Function<MirrorEntry, List<String>>> getIndexers() {
    return Map.of(Caches.NAMESPACE_INDEX, entry -> List.of(entry.namespace()));
  }

  private static void known(String index) {
    if (!index.equals(Caches.NAMESPACE_INDEX)) {
      throw new IllegalArgumentException(
          "index is '%s'; the only one is '%s'".formatted(index, Caches.NAMESPACE_INDEX));
    }
  }

  private static String key(MirrorEntry entry) {
    return entry.namespace().isEmpty() ? entry.name() : entry.namespace() + "/" + entry.name();
  }

  @Override
  public void addIndexers(Map<String, Function<MirrorEntry, List<String>>> indexers) {
    throw readOnly();
  }

  @Override
  public void add(MirrorEntry entry) {
    throw readOnly();
  }

  @Override
  public void update(MirrorEntry entry) {
    throw readOnly();
  }

  @Override
  public void delete(MirrorEntry entry) {
    throw readOnly();
  }

  @Override
  public void replace(List<MirrorEntry> entries, String resourceVersion) {
    throw readOnly();
  }

  @Override
  public void resync() {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("a mirror's entries and index can only be read");
  }
}
