package io.kcp.upstream.sync;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A JSON pointer.
 *
 * @param steps names of fields and indexes of items
 */
record Pointer(List<Object> steps) {
  /** Items of one list by falling index; nothing else matters. */
  static final Comparator<Pointer> LAST_FIRST = Pointer::compare;

  Pointer {
    steps = List.copyOf(steps);
  }

  private static int compare(Pointer one, Pointer other) {
    for (int i = 0; i < Math.min(one.steps.size(), other.steps.size()); i++) {
      int order = compareSteps(other.steps.get(i), one.steps.get(i));
      if (order != 0) {
        return order;
      }
    }
    // What lies inside goes before what holds it.
    return Integer.compare(other.steps.size(), one.steps.size());
  }

  private static int compareSteps(Object one, Object other) {
    return one instanceof Integer a && other instanceof Integer b
        ? a.compareTo(b)
        : one.toString().compareTo(other.toString());
  }

  String text() {
    return steps.stream()
        .map(step -> "/" + step.toString().replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }
}
