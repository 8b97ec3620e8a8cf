package io.kcp.upstream.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** Refusals in the form of an API server. */
final class StatusText {
  static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(400, "BadRequest"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "NotFound"),
          Map.entry(405, "MethodNotAllowed"),
          Map.entry(406, "NotAcceptable"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Expired"),
          Map.entry(413, "RequestEntityTooLarge"),
          Map.entry(415, "UnsupportedMediaType"),
          Map.entry(422, "Invalid"),
          Map.entry(429, "TooManyRequests"),
          Map.entry(500, "InternalError"),
          Map.entry(503, "ServiceUnavailable"),
          Map.entry(504, "Timeout"));

  private StatusText() {}

  static Map<String, Object> of(int code, String message) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", code < 400 ? "Success" : "Failure");
    status.put("message", message);
    status.put("reason", REASONS.getOrDefault(code, ""));
    status.put("code", code);
    return status;
  }
}
