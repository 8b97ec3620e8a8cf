package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The version that a request asks for is too old. */
final class Expiry {
  private static final int GONE = 410;

  private Expiry() {}

  /** Whether the request resumes at a version, or continues a list taken at one. */
  static boolean concerns(Asked asked) {
    return switch (asked.verb()) {
      case LIST -> asked.query().get("continue").isPresent();
      case WATCH ->
          asked.query().get("resourceVersion").filter(version -> !version.equals("0")).isPresent()
              && !asked.query().isTrue("sendInitialEvents");
      default -> false;
    };
  }

  static void act(Harm.Exchange exchange) {
    if (exchange.verb() == Verb.LIST) {
      Harm.respond(
              GONE, StatusText.JSON, JsonText.bytes(status("The continue parameter is too old")))
          .act(exchange);
      return;
    }
    exchange.claim().hit();
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "ERROR");
    event.put("object", status("too old resource version"));
    HttpStream stream = exchange.client().stream(200, StatusText.JSON);
    stream.write(JsonText.bytes(event));
    stream.write("\n".getBytes(StandardCharsets.UTF_8));
    stream.end();
  }

  private static Map<String, Object> status(String message) {
    return StatusText.of(GONE, message + ": a fault of the test");
  }
}
