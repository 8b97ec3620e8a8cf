package io.kcp.upstream.testkit.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values as the server's messages print them. */
final class GoSyntax {
  private GoSyntax() {}

  /** A map of strings: as JSON, keys sorted. */
  static String strings(Map<String, Object> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }
}
