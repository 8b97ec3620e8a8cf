package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.Health;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The health of many objects together: that of the worst.
 *
 * @param health Healthy for none
 * @param causes all that are not healthy, the worst first, then by name
 */
public record SetHealth(Health health, List<Member> causes) {
  /** One object of the set. */
  public record Member(String name, Assessment assessment) {}

  /**
   * What counts.
   *
   * @param profile whose way to put them together; Karmada has none, and gets ours
   * @param countMissing whether one that is missing counts; when all are, the set is missing
   * @param unknownAs what one stands for of which nothing is known
   */
  public record Settings(HealthProfile profile, boolean countMissing, Health unknownAs) {
    /** Ours: missing ones count, unknown is unknown, which is the worst. */
    public static Settings defaults() {
      return new Settings(HealthProfile.UNION, true, Health.UNKNOWN);
    }
  }

  /** Copies the list. */
  public SetHealth {
    causes = List.copyOf(causes);
  }

  /** Puts them together. */
  public static SetHealth of(Collection<Member> members, Settings settings) {
    List<Member> causes =
        members.stream()
            .filter(member -> member.assessment().health() != Health.HEALTHY)
            .sorted(
                Comparator.comparing((Member member) -> -severity(member))
                    .thenComparing(Member::name))
            .toList();
    List<Health> all = members.stream().map(member -> member.assessment().health()).toList();
    Health health =
        switch (settings.profile()) {
          case KSTATUS -> kstatus(all);
          case GITOPS -> worst(all, new Settings(HealthProfile.GITOPS, false, Health.UNKNOWN));
          case UNION, KARMADA -> worst(all, settings);
        };
    return new SetHealth(health, causes);
  }

  private static int severity(Member member) {
    return HealthMemory.severity(member.assessment().health());
  }

  private static Health worst(List<Health> all, Settings settings) {
    boolean noneLives = !all.isEmpty() && all.stream().allMatch(health -> health == Health.MISSING);
    if (noneLives) {
      return Health.MISSING;
    }
    return all.stream()
        .filter(health -> settings.countMissing() || health != Health.MISSING)
        .map(health -> health == Health.UNKNOWN ? settings.unknownAs() : health)
        .max(Comparator.comparing(HealthMemory::severity))
        .orElse(Health.HEALTHY);
  }

  /** As kstatus waits for all to be current: a failure, then what is unknown, outranks the rest. */
  private static Health kstatus(List<Health> all) {
    if (all.contains(Health.DEGRADED)) {
      return Health.DEGRADED;
    }
    if (all.contains(Health.UNKNOWN)) {
      return Health.UNKNOWN;
    }
    boolean current =
        all.stream().allMatch(health -> health == Health.HEALTHY || health == Health.SUSPENDED);
    return current ? Health.HEALTHY : Health.PROGRESSING;
  }
}
