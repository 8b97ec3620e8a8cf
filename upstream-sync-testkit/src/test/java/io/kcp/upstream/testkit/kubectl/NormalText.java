package io.kcp.upstream.testkit.kubectl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Output without what no two runs have alike: UIDs, times, versions, ages, ports, folders, logs.
 */
final class NormalText {
  private static final Map<Pattern, String> VOLATILE = new LinkedHashMap<>();

  static {
    replace("(?m)^[IWE]\\d{4} [0-9:.]{15} .*\\n?", ""); // kubectl's own log, when it is late
    replace("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "<uid>");
    replace("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z| [-+]\\d{4})", "<time>");
    replace("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d \\w{3} \\d{4} [0-9:]{8} [-+]\\d{4}", "<time>");
    replace("(?i)(resource ?version: +)\"?\\d+\"?", "$1<version>");
    replace("(?m)(?<=\\s)(\\d+m)?\\d+s(?=\\s|$)[ ]*", "<age> ");
    replace("(?m)(patch: Invalid value: ).*", "$1<a Go value, and why>");
    replace("127\\.0\\.0\\.1:\\d+", "<server>");
    replace("/[^ ]*/(LIVE|MERGED)-\\d+", "/$1");
    replace("/\\S*/kubectl-edit-\\S*", "<edited file>");
  }

  private NormalText() {}

  private static void replace(String pattern, String text) {
    VOLATILE.put(Pattern.compile(pattern), text);
  }

  static String of(String output) {
    String text = output;
    for (Map.Entry<Pattern, String> each : VOLATILE.entrySet()) {
      text = each.getKey().matcher(text).replaceAll(each.getValue());
    }
    return inOrder(text);
  }

  /** Entries of managed fields are sorted by their second: which of two is first is chance. */
  private static String inOrder(String text) {
    List<String> lines = new ArrayList<>();
    Map<String, List<String>> entries = new TreeMap<>();
    String indent = null;
    List<String> entry = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (indent != null && line.startsWith(indent + "- ")) {
        put(entries, entry);
        entry = new ArrayList<>(List.of(line));
      } else if (indent != null && line.startsWith(indent + "  ")) {
        entry.add(line);
      } else {
        put(entries, entry);
        entries.values().forEach(lines::addAll);
        entries.clear();
        entry = new ArrayList<>();
        indent = line.strip().equals("managedFields:") ? line.replaceAll("\\S.*", "") : null;
        lines.add(line);
      }
    }
    put(entries, entry);
    entries.values().forEach(lines::addAll);
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static void put(Map<String, List<String>> entries, List<String> entry) {
    if (!entry.isEmpty()) {
      String key =
          String.join(
              " ",
              entry.stream()
                  .filter(line -> line.matches("\\s+(manager|operation|subresource): .*"))
                  .toList());
      entries.put(key, entry);
    }
  }
}
