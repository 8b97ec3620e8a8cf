package io.kcp.upstream.testkit.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The query parameters of a request; of several with one name, the first counts. */
record Query(Map<String, String> values) {
  static Query parse(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        values.putIfAbsent(decode(name), decode(value));
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
    return values.getOrDefault(name, "");
  }

  Query with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put(name, value);
    return new Query(all);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** As the server reads booleans in a query: everything that is not 0 or false. */
  boolean isTrue(String name) {
    return values.containsKey(name) && !get(name).equals("false") && !get(name).equals("0");
  }

  /** A whole number, {@code otherwise} when it is not there. */
  long number(String name, long otherwise) {
    String value = get(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
    }
  }
}
