package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@link CleaningTable}.
 *
 * @param resource as {@code GroupResource} prints it, or "*"
 * @param condition on the object as it came
 */
record CleaningRule(String resource, Drop drop, Predicate<ObjectTree> condition) {
  private static final Pattern CONDITION = Pattern.compile("(if|unless) (\\S+)(?: is (\\S+))?");

  static CleaningRule parse(String line) {
    String[] columns = line.split("\\|", -1);
    if (columns.length != 4 || columns[3].isBlank()) {
      throw new IllegalArgumentException(
          "not a rule: '%s': it must be resource | path | condition | reason".formatted(line));
    }
    return new CleaningRule(
        columns[0].strip(), Drop.parse(columns[1].strip()), condition(columns[2].strip()));
  }

  private static Predicate<ObjectTree> condition(String text) {
    if (text.isEmpty()) {
      return object -> true;
    }
    Matcher matcher = CONDITION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a condition: '%s': it must be 'if PATH', 'unless PATH' or 'unless PATH is VALUE'"
              .formatted(text));
    }
    FieldPath path = FieldPath.parse(matcher.group(2));
    Optional<String> value = Optional.ofNullable(matcher.group(3));
    Predicate<ObjectTree> holds = object -> isSet(object.get(path), value);
    return matcher.group(1).equals("if") ? holds : holds.negate();
  }

  /** Whether the field is there with this value; without one: is there, and not false. */
  private static boolean isSet(Optional<Object> field, Optional<String> value) {
    return value
        .map(wanted -> field.filter(wanted::equals).isPresent())
        .orElseGet(() -> field.filter(found -> !found.equals(false)).isPresent());
  }

  boolean holds(ObjectTree object) {
    return condition.test(object);
  }
}
