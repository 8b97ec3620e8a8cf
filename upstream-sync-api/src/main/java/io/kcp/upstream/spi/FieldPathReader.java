package io.kcp.upstream.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the grammar of {@link FieldPath}, and with wildcards that of {@link FieldPattern}. */
final class FieldPathReader {
  private final ScalarReader reader;
  private final boolean wildcards;
  private final List<Optional<FieldPath.Element>> steps = new ArrayList<>();

  private FieldPathReader(String kind, String text, boolean wildcards) {
    this.reader = new ScalarReader(kind, text, 0);
    this.wildcards = wildcards;
  }

  static FieldPath path(String text) {
    return FieldPath.of(
        new FieldPathReader("field path", text, false)
            .read().stream().map(Optional::orElseThrow).toArray(FieldPath.Element[]::new));
  }

  /** The steps of a pattern; an empty one stands for a wildcard. */
  static List<Optional<FieldPath.Element>> pattern(String text) {
    return List.copyOf(new FieldPathReader("field pattern", text, true).read());
  }

  private List<Optional<FieldPath.Element>> read() {
    if (reader.skip('.')) { // the object itself
      if (!reader.atEnd()) {
        throw reader.wrong("no leading '.', as in spec.replicas");
      }
      return steps;
    }
    if (reader.peek() != '[') {
      name();
    }
    while (!reader.atEnd()) {
      if (reader.skip('[')) {
        bracket();
      } else if (reader.skip('.')) {
        name();
      } else {
        throw reader.wrong(
            "'.', '[' or the end; a name such as app.kubernetes.io/name is written [\"app.kubernetes.io/name\"]");
      }
    }
    return steps;
  }

  private void name() {
    if (wildcards && reader.skip('*')) {
      steps.add(Optional.empty());
      return;
    }
    String name = reader.identifier();
    if (name.isEmpty()) {
      throw reader.wrong("a field name; an index is written [0], an unusual name [\"a b\"]");
    }
    steps.add(Optional.of(new FieldPath.Field(name)));
  }

  private void bracket() {
    if (wildcards && reader.skip('*')) {
      steps.add(Optional.empty());
    } else if (reader.skip('=')) {
      steps.add(Optional.of(new FieldPath.Member(reader.scalar())));
    } else if (Character.digit(reader.peek(), 10) >= 0) {
      steps.add(Optional.of(index()));
    } else {
      steps.add(Optional.of(nameOrKeys()));
    }
    reader.require(']');
  }

  private FieldPath.Element index() {
    Object index = reader.scalar();
    if (index instanceof Long number && number <= Integer.MAX_VALUE) {
      return new FieldPath.Index(number.intValue());
    }
    throw reader.wrong("an index from 0 to " + Integer.MAX_VALUE);
  }

  private FieldPath.Element nameOrKeys() {
    boolean quoted = reader.peek() == '"';
    String name = keyName();
    if (quoted && reader.peek() == ']') {
      return new FieldPath.Field(name);
    }
    Map<String, Object> keys = new TreeMap<>();
    reader.require('=');
    keys.put(name, reader.scalar());
    while (reader.skip(',')) {
      String next = keyName();
      reader.require('=');
      if (keys.put(next, reader.scalar()) != null) {
        throw reader.wrong("each key once, not a second " + next);
      }
    }
    return new FieldPath.Item(keys);
  }

  private String keyName() {
    if (reader.peek() == '"') {
      return reader.string();
    }
    String name = reader.identifier();
    if (name.isEmpty()) {
      throw reader.wrong(
          "an index such as [0], a key such as [name=\"web\"], a set member such as [=\"x\"] or a quoted name");
    }
    return name;
  }
}
