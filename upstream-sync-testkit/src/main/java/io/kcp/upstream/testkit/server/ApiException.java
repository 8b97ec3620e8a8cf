package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request can't be done; becomes a Status document, or the plain text of an unknown path. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;
  private final transient @Nullable Map<String, Object> details;
  private final boolean plain;
  private final String continueToken;

  private ApiException(
      int code, String reason, String message, @Nullable Map<String, Object> details) {
    this(code, reason, message, details, false, "");
  }

  private ApiException(
      int code,
      String reason,
      String message,
      @Nullable Map<String, Object> details,
      boolean plain,
      String continueToken) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.plain = plain;
    this.continueToken = continueToken;
  }

  int code() {
    return code;
  }

  /** The same with a token by which a list can go on. */
  ApiException withContinue(String token) {
    return new ApiException(code, reason, String.valueOf(getMessage()), details, plain, token);
  }

  /** Whether the answer is the message as plain text. */
  boolean isPlain() {
    return plain;
  }

  /** The whole seconds after which to try again, 0 for none. */
  long retryAfterSeconds() {
    return details == null ? 0 : Tree.number(details, 0, "retryAfterSeconds");
  }

  /** The document for the client. */
  Map<String, Object> status() {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", continueToken.isEmpty() ? Map.of() : Map.of("continue", continueToken));
    status.put("status", "Failure");
    status.put("message", String.valueOf(getMessage()));
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.put("details", details);
    }
    status.put("code", (long) code);
    return status;
  }

  /** A path that the server does not know at all. */
  static ApiException pageNotFound() {
    return new ApiException(404, "NotFound", "404 page not found", null, true, "");
  }

  static ApiException plain(int code, String text) {
    return new ApiException(code, "", text, null, true, "");
  }

  /** A resource or subresource that the group and version do not have. */
  static ApiException noSuchResource() {
    return new ApiException(
        404, "NotFound", "the server could not find the requested resource", Map.of());
  }

  static ApiException methodNotAllowed() {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        Map.of());
  }

  static ApiException methodNotAllowed(String message, ResourceName resource) {
    return new ApiException(405, "MethodNotAllowed", message, details("", resource, ""));
  }

  /** A resource whose cache is not filled yet. */
  static ApiException initializing() {
    return new ApiException(
        429, "TooManyRequests", "storage is (re)initializing", Map.of("retryAfterSeconds", 1L));
  }

  static ApiException notModelled(String what) {
    return new ApiException(
        501, "NotImplemented", "the in-memory API server does not model " + what, null);
  }

  static ApiException notFound(ResourceName resource, String name) {
    String message = "%s \"%s\" not found".formatted(resource.qualified(), name);
    return new ApiException(404, "NotFound", message, details(name, resource, ""));
  }

  static ApiException alreadyExists(ResourceName resource, String name, boolean deleting) {
    String message =
        "%s%s \"%s\" already exists"
            .formatted(deleting ? "object is being deleted: " : "", resource.qualified(), name);
    return new ApiException(409, "AlreadyExists", message, details(name, resource, ""));
  }

  static ApiException conflict(ResourceName resource, String name, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(resource.qualified(), name, why);
    return new ApiException(409, "Conflict", message, details(name, resource, ""));
  }

  static ApiException forbidden(
      ResourceName resource, String name, String why, List<FieldError> causes) {
    String message = "%s \"%s\" is forbidden: %s".formatted(resource.qualified(), name, why);
    Map<String, Object> details = details(name, resource, "");
    if (!causes.isEmpty()) {
      details.put("causes", causes.stream().map(ApiException::cause).toList());
    }
    return new ApiException(403, "Forbidden", message, details);
  }

  static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message, null);
  }

  /** A failure inside the server; such answers have no reason. */
  static ApiException internal(String message) {
    return new ApiException(500, "", message, null);
  }

  /** A failure inside the server that has a reason. */
  static ApiException internalError(String message) {
    return new ApiException(
        500,
        "InternalError",
        "Internal error occurred: " + message,
        Map.of("causes", List.of(Map.of("message", message))));
  }

  /**
   * @param kind the Kind, with the group it belongs to
   */
  static ApiException invalid(ResourceName kind, String name, List<FieldError> errors) {
    List<String> texts = errors.stream().map(ApiException::text).distinct().toList();
    String all = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
    Map<String, Object> details = details(name, kind, "");
    details.put("causes", errors.stream().map(ApiException::cause).toList());
    String message = "%s \"%s\" is invalid: %s".formatted(kind.qualified(), name, all);
    return new ApiException(422, "Invalid", message, details);
  }

  /** A 422 about a patch whose result, shown as JSON, is not acceptable. */
  static ApiException invalidPatch(Map<String, Object> patched, String why) {
    String value = new String(Json.bytes(patched), StandardCharsets.UTF_8);
    String quoted = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    FieldError error =
        new FieldError("patch", "FieldValueInvalid", "Invalid value: " + quoted + ": " + why);
    return invalid(new ResourceName("", ""), "", List.of(error));
  }

  /** A request body that is understood and can't be done, with no object to name. */
  static ApiException unprocessable(String message) {
    return new ApiException(422, "Invalid", message, Map.of());
  }

  static ApiException expired(String message) {
    return new ApiException(410, "Expired", message, null);
  }

  static ApiException unsupportedMediaType(String message, boolean emptyDetails) {
    return new ApiException(415, "UnsupportedMediaType", message, emptyDetails ? Map.of() : null);
  }

  static ApiException notAcceptable(String message, boolean emptyDetails) {
    return new ApiException(406, "NotAcceptable", message, emptyDetails ? Map.of() : null);
  }

  static ApiException tooLarge(String message) {
    return new ApiException(413, "RequestEntityTooLarge", message, null);
  }

  /** A 409 with causes and nothing else in its details. */
  static ApiException applyConflict(String message, List<Map<String, Object>> causes) {
    return new ApiException(409, "Conflict", message, Map.of("causes", causes));
  }

  static ApiException tooLargeVersion(long asked, long current) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put(
        "causes",
        List.of(
            Map.of("reason", "ResourceVersionTooLarge", "message", "Too large resource version")));
    details.put("retryAfterSeconds", 1L);
    String message =
        "Timeout: Too large resource version: %d, current: %d".formatted(asked, current);
    return new ApiException(504, "Timeout", message, details);
  }

  private static String text(FieldError error) {
    return error.field() + ": " + error.message();
  }

  private static Map<String, Object> cause(FieldError error) {
    Map<String, Object> cause = new LinkedHashMap<>();
    cause.put("reason", error.reason());
    cause.put("message", error.message());
    cause.put("field", error.field());
    return cause;
  }

  private static Map<String, Object> details(String name, ResourceName resource, String uid) {
    Map<String, Object> details = new LinkedHashMap<>();
    new ArrayList<>(
            List.of(
                Map.entry("name", name),
                Map.entry("group", resource.group()),
                Map.entry("kind", resource.name()),
                Map.entry("uid", uid)))
        .stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .forEach(entry -> details.put(entry.getKey(), entry.getValue()));
    return details;
  }

  /** A Success document about a deleted object. */
  static Map<String, Object> success(ResourceName resource, String name, String uid) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", "Success");
    status.put("details", details(name, resource, uid));
    return status;
  }
}
