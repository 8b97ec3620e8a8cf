package io.kcp.upstream.status;

import io.kcp.upstream.status.health.Assessment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What is said of many objects in the same words, each kept once and for good; so there is room for
 * so many and no more. Not safe for threads.
 */
final class SharedWords {
  /** Numbers are below this. */
  static final int MOST = 1024;

  private final Map<Assessment, Integer> numbers = new HashMap<>();
  private final List<Assessment> words = new ArrayList<>();

  /** The number of these words; empty when there is no room for more. */
  OptionalInt number(Assessment told) {
    @Nullable Integer known = numbers.get(told);
    if (known != null) {
      return OptionalInt.of(known);
    }
    if (words.size() == MOST) {
      return OptionalInt.empty();
    }
    words.add(told);
    numbers.put(told, words.size() - 1);
    return OptionalInt.of(words.size() - 1);
  }

  Assessment get(int number) {
    return words.get(number);
  }
}
