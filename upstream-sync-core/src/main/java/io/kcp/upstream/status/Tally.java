package io.kcp.upstream.status;

import io.kcp.upstream.spi.PodRollup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pods of one workload, counted. Those that are terminating are counted apart, and nowhere
 * else.
 *
 * @param restartedLately pods of which a container began anew within {@link #LATELY_SECONDS}
 * @param goodUntil when time alone makes another tally of the same pods, in seconds since 1970; 0
 *     for never
 * @param reasons by how many pods they hold back, most first
 * @param current of the newest revision; null where revisions are not told apart
 */
record Tally(
    int pods,
    int ready,
    int terminating,
    int restarts,
    int restartedLately,
    long goodUntil,
    Map<String, Integer> phases,
    List<Reason> reasons,
    Map<String, Integer> nodes,
    @Nullable Part current) {
  static final long LATELY_SECONDS = 600;

  /**
   * @param example the first pod by name
   */
  record Reason(String reason, int pods, String example) {}

  /** Some of the pods. */
  record Part(int pods, int ready) {}

  /**
   * Whether the same pods may make another tally by now.
   *
   * @param now in seconds since 1970
   */
  boolean isOld(long now) {
    return goodUntil != 0 && goodUntil <= now;
  }

  PodRollup toPods() {
    Map<String, Integer> byReason = new TreeMap<>();
    reasons.forEach(each -> byReason.put(each.reason(), each.pods()));
    return new PodRollup(pods, ready, restarts, phases, byReason);
  }

  /** Counts pods one by one. */
  static final class Counter {
    private final long now;
    private int pods;
    private int ready;
    private int terminating;
    private int restarts;
    private int lately;
    private long goodUntil;
    private @Nullable Part current;
    private final Map<String, Integer> phases = new TreeMap<>();
    private final Map<String, Integer> nodes = new TreeMap<>();
    private final Map<String, Reason> reasons = new TreeMap<>();

    /**
     * @param now in seconds since 1970
     */
    Counter(long now) {
      this.now = now;
    }

    void add(String name, PodFacts pod) {
      if (pod.terminating()) {
        terminating++;
        return;
      }
      pods++;
      ready += pod.ready() ? 1 : 0;
      restarts += pod.restarts();
      phases.merge(pod.phase(), 1, Integer::sum);
      if (!pod.node().isEmpty()) {
        nodes.merge(pod.node(), 1, Integer::sum);
      }
      if (pod.reasonFrom() > now) {
        goodUntil(pod.reasonFrom());
      } else if (!pod.reason().isEmpty()) {
        reasons.merge(pod.reason(), new Reason(pod.reason(), 1, name), Counter::both);
      }
      if (pod.restartedAt() > now - LATELY_SECONDS) {
        lately++;
        goodUntil(pod.restartedAt() + LATELY_SECONDS);
      }
    }

    private void goodUntil(long time) {
      goodUntil = goodUntil == 0 ? time : Math.min(goodUntil, time);
    }

    private static Reason both(Reason one, Reason other) {
      String first =
          one.example().compareTo(other.example()) <= 0 ? one.example() : other.example();
      return new Reason(one.reason(), one.pods() + other.pods(), first);
    }

    void current(Part part) {
      current = part;
    }

    Part part() {
      return new Part(pods, ready);
    }

    Tally tally() {
      List<Reason> sorted = new ArrayList<>(reasons.values());
      sorted.sort(Comparator.comparingInt(Reason::pods).reversed());
      return new Tally(
          pods, ready, terminating, restarts, lately, goodUntil, phases, sorted, nodes, current);
    }
  }
}
