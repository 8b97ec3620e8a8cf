package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldPattern;
import io.kcp.upstream.spi.GroupResource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec.upstreamSync.conflict}.
 *
 * @param strategy a known name, as are all strategies' names here
 * @param fallback asked for what {@code strategy} leaves unresolved
 * @param parameters handed to {@code strategy}
 * @param historyLimit records that the status keeps
 */
public record ConflictPolicy(
    String strategy,
    @Nullable String fallback,
    Map<String, String> parameters,
    ObjectOverrides objectOverrides,
    List<Rule> rules,
    int historyLimit) {

  /** Whose annotation on a single object may choose the strategy. */
  public enum ObjectOverrides {
    FORBIDDEN,
    PHYSICAL,
    BOTH
  }

  public ConflictPolicy {
    parameters = Map.copyOf(parameters);
    rules = List.copyOf(rules);
  }

  /**
   * The rule that decides on a field: exact resource before "*", then the longer field pattern,
   * then the rule's name.
   */
  public Optional<Rule> ruleFor(GroupResource resource, String objectName, FieldPath field) {
    return rules.stream()
        .filter(rule -> rule.concerns(resource, objectName))
        .flatMap(rule -> rule.covering(field).map(pattern -> new Candidate(rule, pattern)))
        .min(MOST_SPECIFIC)
        .map(Candidate::rule);
  }

  /**
   * Whether any rule forbids to record a field's value: it is among the rule's fields, or holds one
   * of them.
   */
  public boolean isRedacted(GroupResource resource, String objectName, FieldPath field) {
    return rules.stream()
        .filter(Rule::redacted)
        .filter(rule -> rule.concerns(resource, objectName))
        .anyMatch(rule -> rule.covering(field).findAny().isPresent() || rule.isAbove(field));
  }

  private record Candidate(Rule rule, FieldPattern pattern) {}

  private static final Comparator<Candidate> MOST_SPECIFIC =
      Comparator.<Candidate>comparingInt(candidate -> candidate.rule.type.breadth())
          .thenComparing(Candidate::pattern)
          .thenComparing(candidate -> candidate.rule.name);

  /** One of {@code spec.upstreamSync.conflict.rules}. */
  public static final class Rule {
    private final String name;
    private final TypePattern type;
    private final List<Glob> names;
    private final List<FieldPattern> fields;
    private final List<FieldPattern> above;
    private final String strategy;
    private final Map<String, String> parameters;
    private final boolean redacted;

    Rule(String name, TypePattern type, List<Glob> names, List<FieldPattern> fields, Asked asked) {
      this.name = name;
      this.type = type;
      this.names = List.copyOf(names);
      this.fields = List.copyOf(fields);
      this.above = fields.stream().flatMap(Rule::above).distinct().toList();
      this.strategy = asked.strategy;
      this.parameters = Map.copyOf(asked.parameters);
      this.redacted = asked.redacted;
    }

    /** What a rule does where it matches. */
    record Asked(String strategy, Map<String, String> parameters, boolean redacted) {}

    public String name() {
      return name;
    }

    public String strategy() {
      return strategy;
    }

    public Map<String, String> parameters() {
      return parameters;
    }

    /** Values of these fields are never recorded. */
    public boolean redacted() {
      return redacted;
    }

    private boolean concerns(GroupResource resource, String objectName) {
      return type.matches(resource) && Glob.any(names, objectName);
    }

    /** The patterns of the fields that hold those of a pattern. */
    private static Stream<FieldPattern> above(FieldPattern pattern) {
      String text = pattern.toString();
      return IntStream.range(1, text.length())
          .filter(end -> text.charAt(end) == '.' || text.charAt(end) == '[')
          .mapToObj(end -> text.substring(0, end))
          .flatMap(Rule::parsed);
    }

    private static Stream<FieldPattern> parsed(String text) {
      try {
        return Stream.of(FieldPattern.parse(text));
      } catch (IllegalArgumentException e) {
        return Stream.empty(); // cut within a quoted name
      }
    }

    private boolean isAbove(FieldPath field) {
      return above.stream()
          .anyMatch(pattern -> pattern.covers(field) && !pattern.covers(field.parent()));
    }

    private Stream<FieldPattern> covering(FieldPath field) {
      return fields.stream().filter(pattern -> pattern.covers(field));
    }
  }
}
