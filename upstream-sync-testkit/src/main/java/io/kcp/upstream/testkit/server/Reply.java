package io.kcp.upstream.testkit.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that is whole. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, Map<String, String> headers, byte[] body) {
  static Reply json(int status, Object tree) {
    return new Reply(status, Map.of("Content-Type", "application/json"), Json.bytes(tree));
  }

  static Reply of(int status, Accept accept, Map<String, Object> tree) {
    return new Reply(
        status,
        Map.of("Content-Type", accept.contentType()),
        accept.yaml() ? YamlText.bytes(tree) : Json.bytes(tree));
  }

  static Reply text(int status, String text) {
    return new Reply(
        status,
        Map.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply of(ApiException problem) {
    Reply reply =
        problem.isPlain()
            ? text(problem.code(), problem.getMessage() + "\n")
            : json(problem.code(), problem.status());
    return problem.retryAfterSeconds() == 0
        ? reply
        : reply.with("Retry-After", Long.toString(problem.retryAfterSeconds()));
  }

  Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body);
  }
}
