package io.kcp.upstream.testkit.server;

import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the object in the body of a POST or PUT. */
final class RequestBody {
  private static final int MAX_BYTES = 3 * 1024 * 1024;
  static final String UNKNOWN_FORMAT =
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
    return BodyKind.checked(call, read(call));
  }

  /** Any JSON object, its kind not looked at. */
  static Map<String, Object> read(Call call) {
    byte[] body = call.http().body();
    checkSize(body);
    Object value = parse(call, body);
    if (value == null && !call.resource().is(Trait.CUSTOM)) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?>)) {
      throw unrecognized(call, noObject(value));
    }
    for (String field : List.of("apiVersion", "kind")) {
      Object text = Tree.asMap(value).get(field);
      if (text != null && !(text instanceof String)) {
        throw unrecognized(
            call,
            "json: cannot unmarshal %s into Go struct field .%s of type string"
                .formatted(goType(text), field));
      }
    }
    return checked(call, Tree.asMap(value));
  }

  static String noObject(@Nullable Object value) {
    return "json: cannot unmarshal %s into Go value of type struct { APIVersion string"
            .formatted(goType(value))
        + " \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
        + " \"json:\\\"kind,omitempty\\\"\" }";
  }

  private static @Nullable Object parse(Call call, byte[] body) {
    try {
      return switch (mediaType(call)) {
        case "", "application/json" -> Json.parse(body);
        case "application/yaml" -> {
          Object value = YamlText.parse(body);
          yield value == null ? Map.of() : value;
        }
        case Protobuf.MEDIA_TYPE ->
            Protobuf.object(body)
                .orElseThrow(() -> ApiException.unsupportedMediaType(UNKNOWN_FORMAT, false));
        default -> throw ApiException.unsupportedMediaType(UNKNOWN_FORMAT, false);
      };
    } catch (IOException e) {
      throw unrecognized(call, firstLine(e));
    }
  }

  /** What is wrong with a text that is no JSON. */
  static String firstLine(IOException problem) {
    if (problem instanceof JsonEOFException || problem instanceof MismatchedInputException) {
      return "unexpected end of JSON input";
    }
    return String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
  }

  /** What to say about fields that stand twice in the body of a write; an apply may have them. */
  static List<String> doubled(Call call) {
    byte[] body = call.http().body();
    try {
      return switch (mediaType(call)) {
        case "", "application/json", PatchHandler.MERGE, PatchHandler.STRATEGIC ->
            DoubledFields.in(body).stream()
                .map(field -> "duplicate field \"" + field + "\"")
                .toList();
        case "application/yaml" -> YamlText.doubled(body);
        default -> List.of();
      };
    } catch (IOException e) {
      return List.of(); // no JSON: it was refused before, or was none of a write
    }
  }

  private static Map<String, Object> checked(Call call, Map<String, Object> object) {
    Object metadata = object.get("metadata");
    if (metadata != null && !(metadata instanceof Map<?, ?>)) {
      throw notOfType(call, metadata, call.resource().kind() + ".metadata of type v1.ObjectMeta");
    }
    for (String field : List.of("labels", "annotations")) {
      for (Object value : Tree.map(object, "metadata", field).values()) {
        if (value != null && !(value instanceof String)) {
          String prefix = call.resource().is(Trait.CUSTOM) ? "" : "metadata.";
          throw notOfType(call, value, "ObjectMeta." + prefix + field + " of type string");
        }
      }
    }
    return object;
  }

  private static ApiException unrecognized(Call call, String why) {
    byte[] body = call.http().body();
    String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
    return ApiException.badRequest(
        "the object provided is unrecognized (must be of type %s): couldn't get version/kind; json parse error: %s (%s)"
            .formatted(call.resource().kind(), why, body.length == 0 ? "<empty>" : text));
  }

  private static ApiException notOfType(Call call, Object value, String field) {
    return BodyKind.cannotBe(
        call,
        call.resource().kind(),
        call.apiVersion(),
        "json: cannot unmarshal %s into Go struct field %s".formatted(goType(value), field));
  }

  static String goType(@Nullable Object value) {
    if (value instanceof List<?>) {
      return "array";
    }
    if (value instanceof Map<?, ?>) {
      return "object";
    }
    return value instanceof Number ? "number" : value instanceof String ? "string" : "bool";
  }
}
