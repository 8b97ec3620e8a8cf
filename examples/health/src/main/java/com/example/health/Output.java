package com.example.health;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.List;

/** Rows for a person, or the same as JSON for a program. */
enum Output {
  table {
    @Override
    String render(List<Judged> judged) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(List.of("HEALTH", "KIND", "NAMESPACE", "NAME", "REASON", "MESSAGE"));
      for (Judged one : judged) {
        lines.add(
            List.of(
                one.health(),
                one.kind(),
                one.namespace().isEmpty() ? "-" : one.namespace(),
                one.name().isEmpty() ? "-" : one.name(),
                one.reason(),
                one.message()));
      }
      return aligned(lines);
    }
  },
  json {
    @Override
    String render(List<Judged> judged) {
      return GSON.toJson(judged) + "\n";
    }
  };

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  abstract String render(List<Judged> judged);

  private static String aligned(List<List<String>> lines) {
    int[] widths = new int[lines.get(0).size()];
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
}
