package io.kcp.upstream.status.health;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules leave open.
 *
 * @param profile whose rules judge
 * @param scheduleWindow how long a pod may find no node before it is degraded; 15 s, and minutes
 *     where a cluster grows on demand
 * @param nodeGrace how long after its creation a node may be not ready; 5 minutes
 * @param notReadyLimit how long a custom resource may say Ready=False before it is degraded; null,
 *     the default, for ever
 * @param restartPolicyAnnotation the annotation that, when {@code "true"}, lets a pod that runs to
 *     completion be judged as one that always restarts
 * @param failingReasons reasons of Ready=False that mean a failure, by {@code Kind.group}; none
 * @param options what else is wanted otherwise; none
 */
public record HealthSettings(
    HealthProfile profile,
    Duration scheduleWindow,
    Duration nodeGrace,
    @Nullable Duration notReadyLimit,
    String restartPolicyAnnotation,
    Map<String, Set<String>> failingReasons,
    Set<HealthOption> options) {
  private static final HealthSettings DEFAULTS =
      new HealthSettings(
          HealthProfile.UNION,
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          null,
          "argocd.argoproj.io/ignore-restart-policy",
          Map.of(),
          Set.of());

  /** Copies the collections; refuses a negative time. */
  public HealthSettings {
    checkTime("scheduleWindow", scheduleWindow);
    checkTime("nodeGrace", nodeGrace);
    checkTime("notReadyLimit", notReadyLimit);
    failingReasons = Map.copyOf(failingReasons);
    options = Set.copyOf(options);
  }

  private static void checkTime(String name, @Nullable Duration time) {
    if (time != null && time.isNegative()) {
      throw new IllegalArgumentException("%s: %s is negative".formatted(name, time));
    }
  }

  /** The defaults named above. */
  public static HealthSettings defaults() {
    return DEFAULTS;
  }

  /** These settings under another profile. */
  public HealthSettings withProfile(HealthProfile profile) {
    return new HealthSettings(
        profile,
        scheduleWindow,
        nodeGrace,
        notReadyLimit,
        restartPolicyAnnotation,
        failingReasons,
        options);
  }

  /** These settings with other times. */
  public HealthSettings withTimes(
      Duration scheduleWindow, Duration nodeGrace, @Nullable Duration notReadyLimit) {
    return new HealthSettings(
        profile,
        scheduleWindow,
        nodeGrace,
        notReadyLimit,
        restartPolicyAnnotation,
        failingReasons,
        options);
  }

  /** These settings with one option more. */
  public HealthSettings with(HealthOption option) {
    Set<HealthOption> more = new HashSet<>(options);
    more.add(option);
    return new HealthSettings(
        profile,
        scheduleWindow,
        nodeGrace,
        notReadyLimit,
        restartPolicyAnnotation,
        failingReasons,
        more);
  }

  /** These settings, where {@code reasons} of Ready=False mean a failure of that kind. */
  public HealthSettings withFailingReasons(String kindAndGroup, Set<String> reasons) {
    Map<String, Set<String>> more = new HashMap<>(failingReasons);
    more.put(kindAndGroup, Set.copyOf(reasons));
    return new HealthSettings(
        profile, scheduleWindow, nodeGrace, notReadyLimit, restartPolicyAnnotation, more, options);
  }

  boolean has(HealthOption option) {
    return options.contains(option);
  }
}
