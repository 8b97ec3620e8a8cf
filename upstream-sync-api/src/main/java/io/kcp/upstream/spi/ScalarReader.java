package io.kcp.upstream.spi;

import java.util.Map;
import java.util.TreeMap;

/** Reads JSON scalars, and flat objects of them, out of the texts of paths and field sets. */
final class ScalarReader {
  private static final String SCALAR =
      "a JSON string, number, true or false, such as \"web\" or 80";

  private final String kind;
  private final String text;
  private int position;

  /** {@code kind} is what the whole text should be: it begins every error message. */
  ScalarReader(String kind, String text, int position) {
    this.kind = kind;
    this.text = text;
    this.position = position;
  }

  boolean atEnd() {
    return position >= text.length();
  }

  /** The next character, or NUL at the end. */
  char peek() {
    return atEnd() ? '\0' : text.charAt(position);
  }

  /** Consumes the character when it is next. */
  boolean skip(char expected) {
    boolean found = !atEnd() && text.charAt(position) == expected;
    position += found ? 1 : 0;
    return found;
  }

  void require(char expected) {
    if (!skip(expected)) {
      throw wrong("'" + expected + "'");
    }
  }

  IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "not a %s: '%s', at position %d: expected %s".formatted(kind, text, position, expected));
  }

  /** The longest run of characters of an unquoted field name; may be empty. */
  String identifier() {
    int start = position;
    while (!atEnd() && ElementText.isIdentifierPart(peek(), position == start)) {
      position++;
    }
    return text.substring(start, position);
  }

  /** {@code {"name":"web","port":80}}, as in the {@code k:} entries of FieldsV1. */
  Map<String, Object> flatObject() {
    Map<String, Object> keys = new TreeMap<>();
    require('{');
    do {
      String name = string();
      require(':');
      keys.put(name, scalar());
    } while (skip(','));
    require('}');
    return keys;
  }

  Object scalar() {
    if (peek() == '"') {
      return string();
    }
    int start = position;
    while (!atEnd() && isLiteralPart(peek())) {
      position++;
    }
    String literal = text.substring(start, position);
    Object value =
        switch (literal) {
          case "true" -> true;
          case "false" -> false;
          default -> JsonScalar.ofText(literal);
        };
    if (value == null) {
      position = start;
      throw wrong(SCALAR);
    }
    return value;
  }

  private static boolean isLiteralPart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "+-.E".indexOf(c) >= 0;
  }

  String string() {
    require('"');
    StringBuilder string = new StringBuilder();
    while (!skip('"')) {
      if (atEnd()) {
        throw wrong("the closing '\"' of a string");
      }
      string.append(skip('\\') ? escaped() : text.charAt(position++));
    }
    return string.toString();
  }

  private char escaped() {
    int escape = "\"\\/bfnrtu".indexOf(peek());
    if (atEnd() || escape < 0) {
      throw wrong("one of JSON's escapes \" \\ / b f n r t u");
    }
    position++;
    return escape < 8 ? "\"\\/\b\f\n\r\t".charAt(escape) : unicode();
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw wrong("four hexadecimal digits after \\u");
      }
      code = code * 16 + digit;
      position++;
    }
    return (char) code;
  }
}
