package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.server.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a {@code labelSelector}; what is wrong is said as a real server says it. */
final class LabelSelectorReader {
  private static final Pattern TOKEN = Pattern.compile("\\s*(==|!=|[=!<>(),]|[^\\s=!<>(),]+)\\s*");
  private static final Set<String> OPERATORS = Set.of("=", "==", "!=", "in", "notin", "<", ">");

  private final List<String> tokens = new ArrayList<>();
  private int at;

  LabelSelectorReader(String text) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String next() {
    String token = peek();
    at++;
    return token;
  }

  private static boolean isWord(String token) {
    return !token.isEmpty() && "=!<>(),".indexOf(token.charAt(0)) < 0;
  }

  private static boolean begins(String token) {
    return isWord(token) || token.equals("!");
  }

  private static ApiException found(String token, String expected) {
    return ApiException.badRequest("found '%s', expected: %s".formatted(token, expected));
  }

  private static ApiException bad(String why) {
    return ApiException.badRequest("unable to parse requirement: " + why);
  }

  private static ApiException badToken(String token, String expected) {
    return bad("found '%s', expected: %s".formatted(token, expected));
  }

  List<Requirement> read() {
    List<Requirement> all = new ArrayList<>();
    if (tokens.isEmpty()) {
      return all;
    }
    if (!begins(peek())) {
      throw found(peek(), "!, identifier, or 'end of string'");
    }
    for (; ; ) {
      all.add(requirement());
      String separator = next();
      if (separator.isEmpty()) {
        return all;
      }
      if (!separator.equals(",")) {
        throw found(separator, "',' or 'end of string'");
      }
      if (!begins(peek())) {
        throw found(peek(), "identifier after ','");
      }
    }
  }

  private Requirement requirement() {
    boolean not = peek().equals("!");
    if (not) {
      next();
    }
    String key = next();
    if (!isWord(key)) {
      throw badToken(key, "identifier");
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
      throw badToken(operator, "in, notin, =, ==, !=, gt, lt");
    }
    return new Requirement(key, operator, checked(key, operator, values(operator)));
  }

  private Set<String> values(String operator) {
    if (!operator.equals("in") && !operator.equals("notin")) {
      return Set.of(single());
    }
    if (!peek().equals("(")) {
      throw bad("found '" + peek() + "' expected: '('");
    }
    next();
    if (peek().equals(")")) {
      next();
      return Set.of("");
    }
    if (!isWord(peek()) && !peek().equals(",")) {
      throw badToken(peek(), "',', ')' or identifier");
    }
    return several();
  }

  private String single() {
    if (peek().isEmpty() || peek().equals(",")) {
      return "";
    }
    if (!isWord(peek())) {
      throw badToken(peek(), "identifier");
    }
    return next();
  }

  private Set<String> several() {
    Set<String> values = new TreeSet<>();
    boolean word = false;
    for (; ; ) {
      String token = next();
      if (token.equals(")")) {
        if (!word) {
          values.add("");
        }
        return values;
      }
      if (token.equals(",")) {
        if (!word) {
          values.add("");
        }
        word = false;
      } else if (!isWord(token)) {
        throw badToken(token, word ? "',' or ')'" : "',', or identifier");
      } else if (word) {
        throw badToken(token, "',' or ')'");
      } else {
        values.add(token);
        word = true;
      }
    }
  }

  private static Set<String> checked(String key, String operator, Set<String> values) {
    for (String value : values) {
      if ((operator.equals("<") || operator.equals(">")) && !value.matches("[+-]?\\d+")) {
        throw bad(
            "values[0]: Invalid value: \"%s\": for 'Gt', 'Lt' operators, the value must be an integer"
                .formatted(value));
      }
      Names.labelValueProblem(value)
          .ifPresent(
              why -> {
                throw bad("values[0][" + key + "]: Invalid value: \"" + value + "\": " + why);
              });
    }
    return values;
  }
}
