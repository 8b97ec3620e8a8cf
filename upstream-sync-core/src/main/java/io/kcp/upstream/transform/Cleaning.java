package io.kcp.upstream.transform;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of {@link CleaningTable} for one resource. */
final class Cleaning {
  private static final String ALL = "*";
  private static final Map<String, List<CleaningRule>> RULES = read();

  private final List<CleaningRule> rules;

  private Cleaning(List<CleaningRule> rules) {
    this.rules = rules;
  }

  static Cleaning of(GroupResource resource) {
    List<CleaningRule> rules = new ArrayList<>(RULES.getOrDefault(ALL, List.of()));
    rules.addAll(RULES.getOrDefault(resource.toString(), List.of()));
    return new Cleaning(rules);
  }

  /** The rules for objects of every kind: what no transformer may bring back. */
  static Cleaning ofMetadata() {
    return new Cleaning(RULES.getOrDefault(ALL, List.of()));
  }

  /** The object without what the rules drop; the same one where they drop nothing. */
  ObjectTree clean(ObjectTree object) {
    Object cleaned = object.asMap();
    for (CleaningRule rule : rules) {
      if (rule.holds(object)) {
        cleaned = rule.drop().from(cleaned);
      }
    }
    return cleaned == object.asMap() ? object : tree(cleaned);
  }

  @SuppressWarnings("unchecked") // an object less some of its fields has names for the others
  private static ObjectTree tree(@Nullable Object cleaned) {
    return ObjectTree.of(cleaned == null ? Map.of() : (Map<String, ?>) cleaned);
  }

  private static Map<String, List<CleaningRule>> read() {
    Map<String, List<CleaningRule>> rules = new HashMap<>();
    CleaningTable.RULES
        .lines()
        .filter(line -> !line.isBlank())
        .map(CleaningRule::parse)
        .forEach(rule -> rules.computeIfAbsent(rule.resource(), r -> new ArrayList<>()).add(rule));
    return rules;
  }
}
