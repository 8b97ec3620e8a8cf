package io.kcp.upstream.conflict;

import io.kcp.upstream.transform.Objects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code conflicts.txt}, which says what its columns mean. */
final class ConflictTable {
  static final List<String> STRATEGIES =
      List.of("client-side-wins", "server-side-wins", "three-way-merge");

  /** A kind of field: what each letter stands for in it. */
  record Kind(String name, String resource, String field, Map<String, Object> values) {
    private boolean has(String letter) {
      String plain = letter.replace("!", "").replace("R", "P").replace("S", "U");
      return List.of("-", "X", "gone").contains(plain) || values.containsKey(plain);
    }
  }

  /** One line: all kinds of field in one object of each resource, for each strategy. */
  record Case(
      String name,
      String before,
      String physical,
      String upstream,
      Map<String, List<String>> expected) {
    /** What is to come of a kind of field under the strategy of that number; empty if left out. */
    Optional<String> expected(Kind kind, int strategy) {
      boolean adopted = before.equals("none");
      if ((!adopted && !kind.has(before)) || !kind.has(physical) || !kind.has(upstream)) {
        return Optional.empty();
      }
      return Optional.ofNullable(expected.getOrDefault(kind.name(), expected.get("*")))
          .map(cells -> cells.get(strategy));
    }
  }

  private final List<Kind> kinds = new ArrayList<>();
  private final Map<String, Case> cases = new LinkedHashMap<>();

  private ConflictTable() {}

  static ConflictTable read() {
    ConflictTable table = new ConflictTable();
    boolean fields = false;
    for (String line : text().split("\n", -1)) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::trim).toList();
      boolean said = !line.isBlank() && !line.startsWith("#");
      if (cells.get(0).equals("kind") || cells.get(0).equals("case")) {
        fields = cells.get(0).equals("kind");
      } else if (said && fields) {
        table.kinds.add(kind(cells));
      } else if (said) {
        table.addCase(cells);
      }
    }
    return table;
  }

  private static String text() {
    try (InputStream in = ConflictTable.class.getResourceAsStream("conflicts.txt")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kind kind(List<String> cells) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      String yaml = cells.get(3 + i);
      if (!yaml.isEmpty()) {
        values.put(
            List.of("B", "P", "U").get(i), Objects.yaml("{v: " + yaml + "}").asMap().get("v"));
      }
    }
    return new Kind(cells.get(0), cells.get(1), cells.get(2), values);
  }

  private void addCase(List<String> cells) {
    Case known =
        cases.computeIfAbsent(
            cells.get(0),
            name ->
                new Case(name, cells.get(1), cells.get(2), cells.get(3), new LinkedHashMap<>()));
    for (String kind : cells.get(4).split(" +", -1)) {
      known.expected().put(kind, cells.subList(5, 8));
    }
  }

  List<Case> cases() {
    return List.copyOf(cases.values());
  }

  List<Kind> kinds() {
    return kinds;
  }

  List<Kind> kinds(String resource) {
    return kinds.stream().filter(kind -> kind.resource().equals(resource)).toList();
  }
}
