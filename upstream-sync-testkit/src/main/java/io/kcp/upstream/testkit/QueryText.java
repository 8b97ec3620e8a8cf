package io.kcp.upstream.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request's query: the first value of each parameter. */
record QueryText(Map<String, String> parameters) {
  static QueryText parse(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      parameters.putIfAbsent(
          decode(name), decode(equals < 0 ? "" : parameter.substring(equals + 1)));
    }
    return new QueryText(Map.copyOf(parameters));
  }

  /** The parameter; empty when it is not there or has no value. */
  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  boolean isTrue(String name) {
    return get(name).filter(value -> value.equals("true") || value.equals("1")).isPresent();
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // the server will refuse it
    }
  }
}
