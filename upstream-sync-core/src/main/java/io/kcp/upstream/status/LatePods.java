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
 * Objects that are looked at before their pods are known: their copies go on to say what they said;
 * or, where pods can't be read at all, are judged without them until they can. Safe for any thread.
 */
final class LatePods {
  private final Set<WorkKey> waiting = ConcurrentHashMap.newKeySet();

  /** Those judged without their pods. */
  private final Set<WorkKey> blindly = ConcurrentHashMap.newKeySet();

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

  /**
   * Whether nobody is to be looked at.
   *
   * @param known whether pods can be read
   */
  boolean isEmpty(boolean known) {
    return waiting.isEmpty() && !(known && !blindly.isEmpty());
  }

  /** There is no more to wait for: moves them to those who are to be looked at. */
  void moveTo(Set<WorkKey> due, boolean known) {
    due.addAll(waiting);
    waiting.removeAll(due);
    if (known) {
      due.addAll(blindly);
      blindly.removeAll(due);
    }
  }

  /**
   * More is said of it now.
   *
   * @param blind whether that is without its pods
   */
  void judged(WorkKey key, boolean blind) {
    said.remove(key);
    if (blind) {
      blindly.add(key);
    } else {
      blindly.remove(key);
    }
  }

  void forget(WorkKey key) {
    waiting.remove(key);
    blindly.remove(key);
    said.remove(key);
  }
}
