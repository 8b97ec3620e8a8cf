package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parsed {@code labelSelector}. */
record LabelSelector(List<Requirement> requirements) {
  private static final Pattern TOKEN =
      Pattern.compile("\\s*(==|!=|=|!|<|>|\\(|\\)|,|[^\\s=!<>(),]+)\\s*");
  private static final Set<String> OPERATORS = Set.of("=", "==", "!=", "in", "notin", "<", ">");

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
    return new LabelSelector(List.copyOf(new Reader(tokens(text)).read()));
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end < text.strip().length()) {
      throw bad("unable to parse '" + text + "'");
    }
    return tokens;
  }

  private static ApiException bad(String why) {
    return ApiException.badRequest("unable to parse requirement: " + why);
  }

  private static final class Reader {
    private final List<String> tokens;
    private int at;

    Reader(List<String> tokens) {
      this.tokens = tokens;
    }

    private String peek() {
      return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
      String token = peek();
      at++;
      return token;
    }

    List<Requirement> read() {
      List<Requirement> all = new ArrayList<>();
      while (at < tokens.size()) {
        all.add(requirement());
        String separator = next();
        if (!separator.isEmpty() && !separator.equals(",")) {
          throw bad("found '" + separator + "', expected: ',' or 'end of string'");
        }
        if (separator.equals(",") && (peek().isEmpty() || peek().equals(","))) {
          throw ApiException.badRequest("found '" + peek() + "', expected: identifier after ','");
        }
      }
      return all;
    }

    private Requirement requirement() {
      boolean not = peek().equals("!");
      if (not) {
        next();
      }
      String key = next();
      if (!key.isEmpty() && !key.matches("[^=!<>(),]+")) {
        throw bad("found '" + key + "', expected: identifier");
      }
      Names.labelKeyProblem(key)
          .ifPresent(
              why -> {
                throw bad("<nil>: Invalid value: \"" + key + "\": " + why);
              });
      if (not) {
        return new Requirement(key, "!exists", Set.of());
      }
      if (peek().isEmpty() || peek().equals(",")) {
        return new Requirement(key, "exists", Set.of());
      }
      String operator = next();
      if (!OPERATORS.contains(operator)) {
        throw bad("found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
      }
      return new Requirement(key, operator, values(operator));
    }

    private Set<String> values(String operator) {
      Set<String> values = new TreeSet<>();
      if (operator.equals("in") || operator.equals("notin")) {
        if (!next().equals("(")) {
          throw bad("found '" + tokens.get(at - 1) + "', expected: '('");
        }
        while (!peek().equals(")")) {
          if (peek().isEmpty()) {
            throw bad("found '', expected: ',', ')' or identifier");
          }
          String value = next();
          values.add(value.equals(",") ? "" : value);
          if (peek().equals(",")) {
            next();
          }
        }
        next();
      } else {
        if (peek().matches("[=!<>()]+")) {
          throw bad("found '" + peek() + "', expected: identifier");
        }
        values.add(peek().equals(",") ? "" : next());
      }
      values.forEach(Reader::checkValue);
      return values;
    }

    private static void checkValue(String value) {
      Names.labelValueProblem(value)
          .ifPresent(
              why -> {
                throw bad("values[0][]: Invalid value: \"" + value + "\": " + why);
              });
    }
  }
}
