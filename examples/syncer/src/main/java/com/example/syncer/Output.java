package com.example.syncer;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows for an operator, or the same as JSON for a program. */
enum Output {
  table {
    @Override
    String render(List<String> columns, List<List<String>> rows) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(columns.stream().map(column -> column.toUpperCase(java.util.Locale.ROOT)).toList());
      lines.addAll(rows);
      int[] widths = new int[columns.size()];
      for (List<String> line : lines) {
        for (int i = 0; i < widths.length; i++) {
          widths[i] = Math.max(widths[i], line.get(i).length());
        }
      }
      StringBuilder text = new StringBuilder();
      for (List<String> line : lines) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
          row.append(line.get(i)).append(" ".repeat(widths[i] - line.get(i).length() + 3));
        }
        text.append(row.toString().stripTrailing()).append('\n');
      }
      return text.toString();
    }
  },
  json {
    @Override
    String render(List<String> columns, List<List<String>> rows) {
      List<Map<String, String>> objects = new ArrayList<>();
      for (List<String> row : rows) {
        Map<String, String> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          object.put(columns.get(i), row.get(i));
        }
        objects.add(object);
      }
      return GSON.toJson(objects) + "\n";
    }
  };

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  abstract String render(List<String> columns, List<List<String>> rows);
}
