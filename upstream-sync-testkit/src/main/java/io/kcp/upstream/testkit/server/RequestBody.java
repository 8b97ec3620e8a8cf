package io.kcp.upstream.testkit.server;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the object in the body of a POST or PUT. */
final class RequestBody {
  private static final int MAX_BYTES = 3 * 1024 * 1024;
  private static final String UNKNOWN_FORMAT =
      "the body of the request was in an unknown format - accepted media types include:"
          + " application/json, application/yaml, application/vnd.kubernetes.protobuf";

  private RequestBody() {}

  static void checkSize(byte[] body) {
    if (body.length > MAX_BYTES) {
      throw ApiException.tooLarge("Request entity too large: limit is " + MAX_BYTES);
    }
  }

  /** The media type without parameters, "" when there is none. */
  static String mediaType(Call call) {
    String header = call.header("content-type");
    int semicolon = header.indexOf(';');
    String type = semicolon < 0 ? header : header.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** The object, with apiVersion and kind as the path says. */
  static Map<String, Object> object(Call call) {
    Map<String, Object> body = read(call);
    return withKind(body, call.resource(), call.apiVersion());
  }

  /** Any JSON object, its kind not looked at. */
  static Map<String, Object> read(Call call) {
    byte[] body = call.http().body();
    checkSize(body);
    Object value = parse(call, body);
    if (!(value instanceof Map<?, ?>)) {
      throw ApiException.badRequest(
          "couldn't get version/kind; json parse error: json: cannot unmarshal %s into Go value of"
                  .formatted(value instanceof List<?> ? "array" : "value")
              + " type struct { APIVersion string; Kind string }");
    }
    return checked(Tree.asMap(value));
  }

  private static Object parse(Call call, byte[] body) {
    try {
      return switch (mediaType(call)) {
        case "", "application/json" -> body.length == 0 ? Map.of() : Json.parse(body);
        case "application/yaml" -> {
          Object value = YamlText.parse(body);
          yield value == null ? Map.of() : value;
        }
        default -> throw ApiException.unsupportedMediaType(UNKNOWN_FORMAT, false);
      };
    } catch (IOException e) {
      throw ApiException.badRequest("couldn't get version/kind; json parse error: " + firstLine(e));
    }
  }

  static String firstLine(IOException problem) {
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }

  private static Map<String, Object> checked(Map<String, Object> object) {
    Object metadata = object.get("metadata");
    if (metadata != null && !(metadata instanceof Map<?, ?>)) {
      throw ApiException.badRequest("metadata must be an object");
    }
    for (String field : List.of("labels", "annotations")) {
      Object map = Tree.get(object, "metadata", field);
      boolean strings =
          map == null
              || (map instanceof Map<?, ?> values
                  && values.values().stream()
                      .allMatch(value -> value == null || value instanceof String));
      if (!strings) {
        throw ApiException.badRequest("metadata." + field + " must map strings to strings");
      }
    }
    return object;
  }

  private static Map<String, Object> withKind(
      Map<String, Object> body, Resource resource, String apiVersion) {
    String kind = Tree.string(body, "kind");
    String version = Tree.string(body, "apiVersion");
    if (!version.isEmpty() && !version.equals(apiVersion)) {
      throw ApiException.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(version, apiVersion));
    }
    if (!kind.isEmpty() && !kind.equals(resource.kind())) {
      throw ApiException.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: converting (%s) to (%s): unknown conversion"
              .formatted(kind, apiVersion, resource.kind(), kind, resource.kind()));
    }
    return Tree.with(Tree.with(body, apiVersion, "apiVersion"), resource.kind(), "kind");
  }
}
