package com.example.benchmark;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of one benchmark: rows of cells under one head, and sentences below it. */
final class Report {
  private final Bench bench;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Report(Bench bench, String... columns) {
    this.bench = bench;
    this.columns = List.of(columns);
  }

  /** A row; numbers are printed short, everything else by its own text. */
  Report row(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Double number ? shortened(number) : String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  Report note(String text) {
    notes.add(text);
    return this;
  }

  static String shortened(double number) {
    if (Double.isNaN(number)) {
      return "–";
    }
    return String.format(Locale.ROOT, Math.abs(number) < 10 ? "%.2f" : "%,.0f", number);
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(bench.name()).append("\n\n").append(bench.title()).append("\n\n");
    line(text, columns);
    line(text, columns.stream().map(column -> "---").toList());
    rows.forEach(row -> line(text, row));
    notes.forEach(note -> text.append('\n').append(note).append('\n'));
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", bench.name());
    for (List<String> row : rows) {
      ObjectNode entry = json.withArray("/rows").addObject();
      for (int i = 0; i < columns.size(); i++) {
        entry.put(columns.get(i), row.get(i));
      }
    }
    notes.forEach(json.withArray("/notes")::add);
    return json;
  }
}
