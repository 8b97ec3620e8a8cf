package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.testkit.apply.CelParser.EvaluationException;
import io.kcp.upstream.testkit.apply.CelParser.Expression;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What CEL's operators and functions do. */
final class CelValues {
  private static final Set<String> TEXT_TESTS =
      Set.of("startsWith", "endsWith", "contains", "matches");

  private CelValues() {}

  static @Nullable Object variable(Map<String, Object> variables, String name) {
    if (!variables.containsKey(name)) {
      throw new EvaluationException("undeclared reference to '" + name + "'");
    }
    return variables.get(name);
  }

  static boolean isTrue(Expression expression, Map<String, Object> variables) {
    if (expression.value(variables) instanceof Boolean truth) {
      return truth;
    }
    throw noOverload();
  }

  private static EvaluationException noOverload() {
    return new EvaluationException("no such overload");
  }

  /** {@code ||} and {@code &&}: one side can decide even when the other has no value. */
  static boolean decide(
      boolean decisive, Expression one, Expression other, Map<String, Object> variables) {
    try {
      return isTrue(one, variables) == decisive ? decisive : isTrue(other, variables);
    } catch (EvaluationException failed) {
      if (isTrue(other, variables) == decisive) {
        return decisive;
      }
      throw failed;
    }
  }

  static boolean compare(String operator, @Nullable Object left, @Nullable Object right) {
    return switch (operator) {
      case "==" -> Json.equal(left, right);
      case "!=" -> !Json.equal(left, right);
      case "in" -> isIn(left, right);
      case "<" -> order(left, right) < 0;
      case "<=" -> order(left, right) <= 0;
      case ">" -> order(left, right) > 0;
      default -> order(left, right) >= 0;
    };
  }

  private static boolean isIn(@Nullable Object value, @Nullable Object container) {
    return container instanceof Map<?, ?> map
        ? map.containsKey(value)
        : Json.list(container).stream().anyMatch(item -> Json.equal(item, value));
  }

  private static int order(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number one && right instanceof Number other) {
      return Double.compare(one.doubleValue(), other.doubleValue());
    }
    if (left instanceof String one && right instanceof String other) {
      return one.compareTo(other);
    }
    throw noOverload();
  }

  static long size(@Nullable Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    throw noOverload();
  }

  static @Nullable Object item(@Nullable Object value, @Nullable Object key) {
    if (value instanceof Map<?, ?> map && map.containsKey(key)) {
      return map.get(key);
    }
    if (value instanceof List<?> list && key instanceof Long index) {
      if (index < 0 || index >= list.size()) {
        throw new EvaluationException("index out of bounds: " + index);
      }
      return list.get(index.intValue());
    }
    throw new EvaluationException("no such key: " + key);
  }

  /**
   * The result that decides when the test of one item of a list, or of one key of a map, has it;
   * else the other.
   */
  static boolean testItems(
      @Nullable Object value,
      String variable,
      Expression test,
      boolean wanted,
      Map<String, Object> variables) {
    Collection<?> items = value instanceof Map<?, ?> map ? map.keySet() : Json.list(value);
    for (Object item : items) {
      Map<String, Object> inner = new HashMap<>(variables);
      Json.put(inner, variable, item);
      if (isTrue(test, inner) == wanted) {
        return wanted;
      }
    }
    return !wanted;
  }

  static boolean isTextTest(String name) {
    return TEXT_TESTS.contains(name);
  }

  static boolean testText(String name, @Nullable Object value, @Nullable Object argument) {
    if (!(value instanceof String text)) {
      throw noOverload();
    }
    String other = Objects.toString(argument);
    return switch (name) {
      case "startsWith" -> text.startsWith(other);
      case "endsWith" -> text.endsWith(other);
      case "contains" -> text.contains(other);
      default -> Pattern.compile(other).matcher(text).find();
    };
  }
}
