package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of CEL that validation rules mostly use: fields, indices, literals, comparisons,
 * {@code in}, logic, {@code ?:}, {@code has}, {@code size}, {@code all}, {@code exists}, and the
 * tests on strings.
 */
final class CelParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|\\d+(?:\\.\\d+)?|[A-Za-z_]\\w*|==|!=|<=|>=|&&|\\|\\||[-<>!?:.,()\\[\\]])");

  private final List<String> tokens = new ArrayList<>();
  private int next;

  /** Something that has a value once its variables have. */
  interface Expression {
    @Nullable Object value(Map<String, Object> variables);
  }

  /** An expression has no value; the message is the server's. */
  static final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EvaluationException(String message) {
      super(message);
    }
  }

  /** The text is beyond what this reader knows. */
  private static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** Returns the expression; nothing when the text uses more than this reader knows. */
  static Optional<Expression> parse(String text) {
    try {
      CelParser parser = new CelParser(text.strip());
      Expression expression = parser.choice();
      return parser.peek().isEmpty() ? Optional.of(expression) : Optional.empty();
    } catch (UnreadableException beyond) {
      return Optional.empty(); // documented: such rules are skipped
    }
  }

  private CelParser(String text) throws UnreadableException {
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find() || matcher.start() != end) {
        throw new UnreadableException("at " + end);
      }
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private boolean skip(String token) {
    boolean found = peek().equals(token);
    next += found ? 1 : 0;
    return found;
  }

  private void require(String token) throws UnreadableException {
    if (!skip(token)) {
      throw new UnreadableException(token + " expected, not " + peek());
    }
  }

  private Expression choice() throws UnreadableException {
    Expression condition = any();
    if (!skip("?")) {
      return condition;
    }
    Expression yes = choice();
    require(":");
    Expression no = choice();
    return variables ->
        CelValues.isTrue(condition, variables) ? yes.value(variables) : no.value(variables);
  }

  private Expression any() throws UnreadableException {
    Expression left = all();
    while (skip("||")) {
      Expression one = left;
      Expression other = all();
      left = variables -> CelValues.decide(true, one, other, variables);
    }
    return left;
  }

  private Expression all() throws UnreadableException {
    Expression left = relation();
    while (skip("&&")) {
      Expression one = left;
      Expression other = relation();
      left = variables -> CelValues.decide(false, one, other, variables);
    }
    return left;
  }

  private Expression relation() throws UnreadableException {
    Expression left = unary();
    String operator = peek();
    while (List.of("==", "!=", "<", "<=", ">", ">=", "in").contains(operator)) {
      next++;
      String used = operator;
      Expression one = left;
      Expression other = unary();
      left = variables -> CelValues.compare(used, one.value(variables), other.value(variables));
      operator = peek();
    }
    return left;
  }

  private Expression unary() throws UnreadableException {
    if (skip("!")) {
      Expression negated = unary();
      return variables -> !CelValues.isTrue(negated, variables);
    }
    return members(primary());
  }

  private Expression primary() throws UnreadableException {
    String token = peek();
    next++;
    if (token.equals("(")) {
      Expression inner = choice();
      require(")");
      return inner;
    }
    if (token.equals("[")) {
      return listLiteral();
    }
    if (token.startsWith("'") || token.startsWith("\"")) {
      String text = token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
      return variables -> text;
    }
    if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
      Object number =
          token.contains(".") ? (Object) Double.valueOf(token) : (Object) Long.valueOf(token);
      return variables -> number;
    }
    if (token.isEmpty() || !Character.isJavaIdentifierStart(token.charAt(0))) {
      throw new UnreadableException(token);
    }
    return named(token);
  }

  private Expression named(String name) throws UnreadableException {
    return switch (name) {
      case "true" -> variables -> true;
      case "false" -> variables -> false;
      case "null" -> variables -> null;
      default -> skip("(") ? function(name) : variables -> CelValues.variable(variables, name);
    };
  }

  private Expression function(String name) throws UnreadableException {
    Expression argument = choice();
    require(")");
    if (name.equals("size")) {
      return variables -> CelValues.size(argument.value(variables));
    }
    if (name.equals("has") && argument instanceof Selection selection) {
      return selection::isThere;
    }
    throw new UnreadableException(name);
  }

  private Expression listLiteral() throws UnreadableException {
    List<Expression> items = new ArrayList<>();
    while (!skip("]")) {
      items.add(choice());
      if (!peek().equals("]")) {
        require(",");
      }
    }
    return variables -> items.stream().map(item -> item.value(variables)).toList();
  }

  private Expression members(Expression start) throws UnreadableException {
    Expression expression = start;
    while (true) {
      Expression target = expression;
      if (skip("[")) {
        Expression index = choice();
        require("]");
        expression = variables -> CelValues.item(target.value(variables), index.value(variables));
      } else if (skip(".")) {
        String name = peek();
        next++;
        expression = skip("(") ? method(target, name) : new Selection(target, name);
      } else {
        return expression;
      }
    }
  }

  private Expression method(Expression target, String name) throws UnreadableException {
    if (name.equals("size")) {
      require(")");
      return variables -> CelValues.size(target.value(variables));
    }
    if (name.equals("all") || name.equals("exists")) {
      String variable = peek();
      next++;
      require(",");
      Expression test = choice();
      require(")");
      boolean wanted = name.equals("exists");
      return variables ->
          CelValues.testItems(target.value(variables), variable, test, wanted, variables);
    }
    Expression argument = choice();
    require(")");
    if (!CelValues.isTextTest(name)) {
      throw new UnreadableException(name);
    }
    return variables ->
        CelValues.testText(name, target.value(variables), argument.value(variables));
  }

  /** A field of a value. */
  private record Selection(Expression target, String name) implements Expression {
    @Override
    public @Nullable Object value(Map<String, Object> variables) {
      return CelValues.item(target.value(variables), name);
    }

    boolean isThere(Map<String, Object> variables) {
      return Json.map(target.value(variables)).containsKey(name);
    }
  }
}
