package io.kcp.upstream.status.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the tables in docs/health.md. Rules are asked in order; the first that has an answer
 * decides.
 *
 * @param name {@code family.rule}
 * @param judge null where the rule does not apply
 */
record Rule(String name, Judge judge) {
  /** What a rule says of an object, or null. */
  interface Judge {
    @Nullable Ruling of(Look look);
  }

  /** A rule with its answer. */
  record Decided(String rule, Ruling ruling) {}

  static @Nullable Decided first(List<Rule> rules, Look look) {
    for (Rule rule : rules) {
      Ruling ruling = rule.judge().of(look);
      if (ruling != null) {
        return new Decided(rule.name(), ruling);
      }
    }
    return null;
  }
}
