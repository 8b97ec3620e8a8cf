package io.kcp.upstream.conflict;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of bounded size that forgets what was used longest ago. Not safe for use by many threads.
 */
final class LastUsed<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  LastUsed(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
