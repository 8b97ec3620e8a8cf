package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A parsed {@code labelSelector}. */
record LabelSelector(List<Requirement> requirements) {
  /** One condition; {@code operator} is exists or !exists where no value is compared. */
  record Requirement(String key, String operator, Set<String> values) {
    boolean matches(Map<String, Object> labels) {
      Object value = labels.get(key);
      return switch (operator) {
        case "exists" -> value != null;
        case "!exists" -> value == null;
        case "=", "==", "in" -> value != null && values.contains(value);
        case "!=", "notin" -> value == null || !values.contains(value);
        default -> compares(value);
      };
    }

    private boolean compares(@org.jspecify.annotations.Nullable Object value) {
      try {
        long left = Long.parseLong(String.valueOf(value));
        long right = Long.parseLong(values.iterator().next());
        return operator.equals(">") ? left > right : left < right;
      } catch (NumberFormatException e) {
        return false; // what is no number is neither more nor less
      }
    }
  }

  boolean matches(Map<String, Object> labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }

  static LabelSelector parse(String text) {
    return new LabelSelector(List.copyOf(new LabelSelectorReader(text).read()));
  }
}
