package io.kcp.upstream.sync;

import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * {@code observedGeneration} in a status, its own and those of its conditions. Each side counts its
 * generations by itself, so the number means nothing on the other side: what is carried over is
 * whether the current generation was observed.
 */
final class Generations {
  private static final String FIELD = "observedGeneration";
  private static final long OBSERVED = 1;
  private static final long BEHIND = 0;

  private Generations() {}

  /**
   * The status with each number replaced by a mark; the same status where the object has no
   * generation.
   *
   * @param status an object that holds {@code status}
   */
  static ObjectTree marked(ObjectTree status, OptionalLong generation) {
    if (generation.isEmpty()) {
      return status;
    }
    return mapped(status, seen -> seen >= generation.getAsLong() ? OBSERVED : BEHIND);
  }

  /**
   * The marked status in the numbers of the object that it is written to.
   *
   * @param whole whether the copy is all that was observed: no field is left to somebody else
   */
  static ObjectTree numbered(ObjectTree marked, OptionalLong generation, boolean whole) {
    if (generation.isEmpty()) {
      return marked;
    }
    long current = generation.getAsLong();
    return mapped(marked, mark -> whole && mark == OBSERVED ? current : current - 1);
  }

  private static ObjectTree mapped(ObjectTree holder, LongUnaryOperator change) {
    Object status = holder.asMap().get("status");
    if (!(status instanceof Map<?, ?> map)) {
      return holder;
    }
    Map<String, Object> copy = fields(map, change);
    if (map.get("conditions") instanceof List<?> conditions) {
      List<Object> items = new ArrayList<>();
      for (Object item : conditions) {
        items.add(item instanceof Map<?, ?> condition ? fields(condition, change) : item);
      }
      copy.put("conditions", items);
    }
    return holder.with("status", copy);
  }

  private static Map<String, Object> fields(Map<?, ?> map, LongUnaryOperator change) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (name, value) ->
            copy.put(
                (String) name,
                name.equals(FIELD) && value instanceof Long number
                    ? (Object) change.applyAsLong(number)
                    : value));
    return copy;
  }
}
