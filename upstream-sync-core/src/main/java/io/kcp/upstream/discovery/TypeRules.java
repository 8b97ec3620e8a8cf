package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which types are pulled. The most specific entry that matches a type decides alone for it; {@code
 * excluded} holds against entries with "*" only.
 */
final class TypeRules {
  private final List<TypeRule> rules;
  private final List<TypePattern> excluded;

  TypeRules(List<TypeRule> rules, List<TypePattern> excluded) {
    this.rules =
        rules.stream()
            .sorted(Comparator.comparingInt((TypeRule rule) -> rule.pattern().breadth()))
            .toList();
    this.excluded = List.copyOf(excluded);
  }

  /** The entry that selects the type. */
  Optional<TypeRule> ruleFor(GroupResource type) {
    return leftOut(type).isPresent() ? Optional.empty() : matching(type);
  }

  private Optional<TypeRule> matching(GroupResource type) {
    return rules.stream().filter(rule -> rule.pattern().matches(type)).findFirst();
  }

  /** Empty when an entry selects the type, else why none does. */
  Optional<NotSelected> leftOut(GroupResource type) {
    Optional<TypeRule> rule = matching(type);
    if (NeverPulled.always(type)) {
      return no("NeverPulled", type + " is never pulled, by no setting");
    }
    if (rule.isEmpty()) {
      return no(
          "ResourceNotSelected", SelectionReader.PATH + ".resources has no entry for " + type);
    }
    if (rule.get().pattern().isExact()) {
      return Optional.empty();
    }
    if (excluded.stream().anyMatch(pattern -> pattern.matches(type))) {
      return no("ResourceExcluded", SelectionReader.PATH + ".excludedResources matches " + type);
    }
    return NeverPulled.byDefault(type)
        ? no(
            "LeftOutByDefault",
            "\"*\" in " + SelectionReader.PATH + ".resources does not mean " + type + ": name it")
        : Optional.empty();
  }

  /** The types named by themselves, whether anybody serves them or not. */
  Set<GroupResource> named() {
    return rules.stream()
        .map(TypeRule::pattern)
        .filter(TypePattern::isExact)
        .map(pattern -> new GroupResource(pattern.group(), pattern.resource()))
        .collect(Collectors.toUnmodifiableSet());
  }

  Stream<ObjectFilter> filters() {
    return rules.stream().map(TypeRule::filter);
  }

  boolean isPaused(GroupResource type) {
    return matching(type).filter(TypeRule::paused).isPresent();
  }

  private static Optional<NotSelected> no(String reason, String message) {
    return Optional.of(new NotSelected(reason, message));
  }
}
