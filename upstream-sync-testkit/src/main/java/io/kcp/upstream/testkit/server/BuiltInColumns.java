package io.kcp.upstream.testkit.server;

import java.util.List;

/** The columns of built-in resources. */
final class BuiltInColumns {
  private BuiltInColumns() {}

  static List<TableColumn> of(ResourceName resource) {
    return switch (resource.qualified()) {
      case "namespaces" ->
          List.of(
              TableColumn.NAME, TableColumn.field("Status", "status", "phase"), TableColumn.AGE);
      default -> List.of(TableColumn.NAME, TableColumn.AGE);
    };
  }
}
