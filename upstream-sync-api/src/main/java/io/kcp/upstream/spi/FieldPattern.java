package io.kcp.upstream.spi;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A set of fields, written as a {@link FieldPath} in which {@code [*]} and {@code .*} stand for any
 * one step: {@code spec.containers[*].image}, {@code metadata.labels.*}. A pattern covers the
 * fields that it matches and everything below them.
 *
 * <p>The order puts the more specific pattern first: the longer one; of two equally long ones the
 * one with fewer wildcards; then the one that is exact where the other has its first wildcard.
 * Consistent with equals. Immutable.
 */
public final class FieldPattern implements Comparable<FieldPattern> {
  private static final Comparator<Optional<FieldPath.Element>> EXACT_FIRST =
      (left, right) ->
          left.isPresent() && right.isPresent()
              ? ElementOrder.INSTANCE.compare(left.get(), right.get())
              : Boolean.compare(right.isPresent(), left.isPresent());

  private final List<Optional<FieldPath.Element>> steps;

  private FieldPattern(List<Optional<FieldPath.Element>> steps) {
    this.steps = steps;
  }

  /**
   * Reads a pattern.
   *
   * @param text a path with or without wildcards
   * @return the pattern
   * @throws IllegalArgumentException if the text is no pattern; the message has the text, the
   *     position and what would be right there
   */
  public static FieldPattern parse(String text) {
    return new FieldPattern(FieldPathReader.pattern(text));
  }

  /**
   * Tells whether a field is among those that this pattern stands for.
   *
   * @param path an exact path
   * @return whether the pattern matches the path or one above it
   */
  public boolean covers(FieldPath path) {
    List<FieldPath.Element> elements = path.elements();
    if (elements.size() < steps.size()) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      Optional<FieldPath.Element> step = steps.get(i);
      if (step.isPresent() && !step.get().equals(elements.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The steps from the outside in; an empty one is a wildcard. */
  List<Optional<FieldPath.Element>> steps() {
    return steps;
  }

  /** Orders patterns as {@link FieldPattern} says. */
  @Override
  public int compareTo(FieldPattern other) {
    int byLength = Integer.compare(other.steps.size(), steps.size());
    if (byLength != 0) {
      return byLength;
    }
    int byWildcards = Long.compare(wildcards(), other.wildcards());
    if (byWildcards != 0) {
      return byWildcards;
    }
    for (int i = 0; i < steps.size(); i++) {
      int order = EXACT_FIRST.compare(steps.get(i), other.steps.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private long wildcards() {
    return steps.stream().filter(Optional::isEmpty).count();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldPattern pattern && steps.equals(pattern.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  /** Returns a text that {@link #parse} reads; wildcards are {@code [*]}. */
  @Override
  public String toString() {
    return ElementText.pattern(steps);
  }
}
