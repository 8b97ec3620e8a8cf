package io.kcp.upstream.status;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.Desired;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Objects that are looked at before their pods are known: their copies go on to say what they said.
 * Safe for any thread.
 */
final class LatePods {
  private final Set<WorkKey> waiting = ConcurrentHashMap.newKeySet();

  /** What copies said: their content is not kept that long. */
  private final Map<WorkKey, ObjectTree> said = new ConcurrentHashMap<>();

  /** What was said on the copy before, whatever its content is by now. */
  Supplier<Optional<ObjectTree>> before(WorkKey key, Supplier<Optional<ObjectTree>> copy) {
    return () -> Optional.ofNullable(said.get(key)).or(copy);
  }

  Desired asBefore(WorkKey key, Desired desired, Supplier<Optional<ObjectTree>> before) {
    waiting.add(key);
    Optional<ObjectTree> words = before.get().map(CopyWords::of);
    words.ifPresent(these -> said.put(key, these));
    return words.map(these -> CopyWords.asBefore(desired, these)).orElse(desired);
  }

  boolean contains(WorkKey key) {
    return waiting.contains(key);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Pods are known: moves them to those who are to be looked at. */
  void moveTo(Set<WorkKey> due) {
    due.addAll(waiting);
    waiting.removeAll(due);
  }

  /** More is known of it now. */
  void judged(WorkKey key) {
    said.remove(key);
  }

  void forget(WorkKey key) {
    waiting.remove(key);
    said.remove(key);
  }
}
