package io.kcp.upstream.testkit.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The query parameters of a request; of several with one name, the first counts.
 *
 * @param parameters each parameter with all its values
 */
record Query(Map<String, List<String>> parameters) {
  static Query parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
      }
    }
    return new Query(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("invalid URL escape in the query: " + e.getMessage());
    }
  }

  /** The value, "" when it is not there. */
  String get(String name) {
    return all(name).stream().findFirst().orElse("");
  }

  List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  Query with(String name, String value) {
    Map<String, List<String>> all = new LinkedHashMap<>(parameters);
    all.put(name, List.of(value));
    return new Query(all);
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  /** As the server reads booleans in a query: everything that is not 0 or false. */
  boolean isTrue(String name) {
    return parameters.containsKey(name) && !get(name).equals("false") && !get(name).equals("0");
  }

  /** A whole number, {@code otherwise} when it is not there. */
  long number(String name, long otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    String value = get(name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
    }
  }
}
