package io.kcp.upstream.testkit.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What kubectl prints: the columns of a resource, and the cells of its objects. */
final class Table {
  private final List<TableColumn> columns;
  private final Instant now;

  private Table(List<TableColumn> columns, Instant now) {
    this.columns = columns;
    this.now = now;
  }

  static Table of(Resource resource, Version version, Instant now) {
    return new Table(
        resource.is(Trait.CUSTOM)
            ? TableColumn.ofCrd(version.crd())
            : BuiltInColumns.of(resource.id()),
        now);
  }

  List<Map<String, Object>> definitions() {
    List<Map<String, Object>> definitions = new ArrayList<>();
    for (TableColumn column : columns) {
      Map<String, Object> definition = new LinkedHashMap<>();
      definition.put("name", column.name());
      definition.put("type", column.type());
      definition.put("format", column.format());
      definition.put("description", column.description());
      definition.put("priority", column.priority());
      definitions.add(definition);
    }
    return definitions;
  }

  List<@Nullable Object> cells(Map<String, Object> object) {
    List<@Nullable Object> cells = new ArrayList<>();
    columns.forEach(column -> cells.add(column.cell().of(object, now)));
    return cells;
  }
}
