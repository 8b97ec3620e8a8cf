package io.kcp.upstream.testkit.server;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One column of a table. */
record TableColumn(
    String name, String type, String format, String description, long priority, Cell cell) {

  /** Computes the value of a column. */
  interface Cell {
    @Nullable Object of(Map<String, Object> object, Instant now);
  }

  static final TableColumn NAME =
      new TableColumn(
          "Name",
          "string",
          "name",
          "Name must be unique within a namespace.",
          0,
          (object, now) -> Meta.name(object));

  static final TableColumn AGE =
      new TableColumn(
          "Age",
          "string",
          "",
          "CreationTimestamp is a timestamp representing the server time when this object was"
              + " created.",
          0,
          (object, now) -> age(Tree.string(object, "metadata", "creationTimestamp"), now));

  static TableColumn text(String name, Cell cell) {
    return new TableColumn(name, "string", "", "", 0, cell);
  }

  static TableColumn number(String name, String... path) {
    return new TableColumn(
        name, "integer", "", "", 0, (object, now) -> Tree.number(object, 0, path));
  }

  static TableColumn field(String name, String... path) {
    return text(name, (object, now) -> Tree.string(object, path));
  }

  /** The same, shown only by wide output. */
  TableColumn wide() {
    return new TableColumn(name, type, format, description, 1, cell);
  }

  /** The same under another type. */
  TableColumn typed(String other) {
    return new TableColumn(name, other, format, description, priority, cell);
  }

  /** The columns of one version of a CRD. */
  static List<TableColumn> ofCrd(Map<String, Object> version) {
    List<TableColumn> columns = new ArrayList<>(List.of(NAME));
    for (Map<String, Object> column : Tree.maps(version, "additionalPrinterColumns")) {
      JsonPath path = JsonPath.parse(Tree.string(column, "jsonPath"));
      String type = Tree.string(column, "type");
      columns.add(
          new TableColumn(
              Tree.string(column, "name"),
              type,
              Tree.string(column, "format"),
              description(column),
              Tree.number(column, 0, "priority"),
              (object, now) -> cell(path, type, object, now)));
    }
    if (columns.size() == 1) {
      columns.add(AGE.typed("date"));
    }
    return columns;
  }

  private static String description(Map<String, Object> column) {
    String description = Tree.string(column, "description");
    return description.isEmpty()
        ? "Custom resource definition column (in JSONPath format): "
            + Tree.string(column, "jsonPath")
        : description;
  }

  private static @Nullable Object cell(
      JsonPath path, String type, Map<String, Object> object, Instant now) {
    List<Object> found = path.find(object);
    if (found.isEmpty()) {
      return null;
    }
    return type.equals("date") ? age(String.valueOf(found.get(0)), now) : found.get(0);
  }

  /** How long ago, in the words of kubectl. */
  static String age(String time, Instant now) {
    try {
      long seconds = Duration.between(Instant.parse(time), now).toSeconds();
      return seconds < 0 ? "<invalid>" : span(seconds);
    } catch (DateTimeParseException e) {
      return "<unknown>";
    }
  }

  private static String span(long seconds) {
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return minutes + "m" + rest(seconds % 60, "s");
    }
    if (hours < 3) {
      return minutes + "m";
    }
    if (hours < 8) {
      return hours + "h" + rest(minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (days < 8) {
      return days + "d" + rest(hours % 24, "h");
    }
    if (days < 730) {
      return days + "d";
    }
    return days / 365 + "y" + (days < 8 * 365 ? rest(days % 365, "d") : "");
  }

  private static String rest(long amount, String unit) {
    return amount == 0 ? "" : amount + unit;
  }
}
