package io.kcp.upstream.discovery;

import io.kcp.upstream.discovery.ConflictPolicy.ObjectOverrides;
import io.kcp.upstream.spi.FieldPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code spec.upstreamSync.conflict}. */
final class ConflictPolicyReader {
  private static final Map<String, ObjectOverrides> OVERRIDES =
      SpecReader.choices(
          "Forbidden", ObjectOverrides.FORBIDDEN,
          "Physical", ObjectOverrides.PHYSICAL,
          "Both", ObjectOverrides.BOTH);
  private static final Map<String, Boolean> REDACTED =
      SpecReader.choices("Recorded", false, "Redacted", true);
  private static final int MOST_HISTORY = 200;

  private final PluginNames strategies;

  ConflictPolicyReader(PluginNames strategies) {
    this.strategies = strategies;
  }

  ConflictPolicy read(SpecReader conflict) {
    String strategy = strategy(conflict, conflict.string("strategy", SpecDefaults.STRATEGY));
    Optional<String> fallback = conflict.string("fallback");
    fallback.ifPresent(name -> strategies.checked(conflict.path("fallback"), name));
    if (fallback.filter(strategy::equals).isPresent()) {
      throw conflict.invalid("fallback", strategy, "another one than strategy");
    }
    return new ConflictPolicy(
        strategy,
        fallback.orElse(null),
        conflict.parameters("parameters"),
        conflict.choice("objectOverrides", SpecDefaults.OBJECT_OVERRIDES, OVERRIDES),
        conflict.items("rules", "name").stream().map(this::rule).toList(),
        conflict.integer("historyLimit", SpecDefaults.HISTORY_LIMIT, 0, MOST_HISTORY));
  }

  private ConflictPolicy.Rule rule(SpecReader rule) {
    return new ConflictPolicy.Rule(
        rule.required("name", "a name of its own"),
        SelectionReader.pattern(rule),
        names(rule),
        fields(rule),
        new ConflictPolicy.Rule.Asked(
            strategy(rule, rule.required("strategy", "the name of a strategy")),
            rule.parameters("parameters"),
            rule.choice("values", SpecDefaults.RULE_VALUES, REDACTED)));
  }

  private String strategy(SpecReader at, String name) {
    return strategies.checked(at.path("strategy"), name);
  }

  private static List<Glob> names(SpecReader rule) {
    List<Glob> globs = new ArrayList<>();
    for (String text : rule.strings("names", SpecDefaults.RULE_NAMES)) {
      globs.add(Glob.ofObjects(rule.item("names", globs.size()), text));
    }
    return globs;
  }

  private static List<FieldPattern> fields(SpecReader rule) {
    List<FieldPattern> patterns = new ArrayList<>();
    for (String text : rule.strings("fields", List.of())) {
      String path = rule.item("fields", patterns.size());
      patterns.add(
          SpecReader.parsed(
              path, text, "a field pattern such as spec.replicas", FieldPattern::parse));
    }
    if (patterns.isEmpty()) {
      throw rule.invalid("fields", patterns, "at least one field pattern such as spec.replicas");
    }
    return patterns;
  }
}
