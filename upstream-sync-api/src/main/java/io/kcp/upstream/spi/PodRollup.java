package io.kcp.upstream.spi;

import java.util.Map;

/**
 * The pods of one workload, counted.
 *
 * @param total all of them
 * @param ready those that are ready
 * @param restarts the restarts of all their containers
 * @param byPhase how many are in each phase, such as {@code Running}
 * @param reasons how many are held back by each reason, such as {@code CrashLoopBackOff}
 */
public record PodRollup(
    int total,
    int ready,
    int restarts,
    Map<String, Integer> byPhase,
    Map<String, Integer> reasons) {
  /** Copies the maps. */
  public PodRollup {
    byPhase = Map.copyOf(byPhase);
    reasons = Map.copyOf(reasons);
  }
}
