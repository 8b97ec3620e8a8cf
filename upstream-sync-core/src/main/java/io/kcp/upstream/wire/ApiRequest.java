package io.kcp.upstream.wire;

import io.kcp.upstream.spi.ObjectTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request, before any server is chosen.
 *
 * @param path absolute below the cluster's base path, each segment already escaped
 * @param contentType null exactly where there is no body
 * @param headers beside Accept and Content-Type
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    String accept,
    @Nullable String contentType,
    Optional<JsonBody> body,
    Map<String, String> headers) {

  /** What a PATCH body is. */
  public static final String APPLY = "application/apply-patch+yaml";

  public static final String JSON_PATCH = "application/json-patch+json";
  public static final String JSON = "application/json";

  public ApiRequest {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  private ApiRequest(
      String method, String path, @Nullable String contentType, Optional<JsonBody> body) {
    this(method, path, Map.of(), JSON, contentType, body, Map.of());
  }

  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, null, Optional.empty());
  }

  public static ApiRequest post(String path, ObjectTree body) {
    return new ApiRequest("POST", path, JSON, JsonBody.of(body.asMap()));
  }

  public static ApiRequest put(String path, ObjectTree body) {
    return new ApiRequest("PUT", path, JSON, JsonBody.of(body.asMap()));
  }

  /** A server-side apply; add {@code fieldManager} and {@code force} with {@link #with}. */
  public static ApiRequest apply(String path, ObjectTree body) {
    return new ApiRequest("PATCH", path, APPLY, JsonBody.of(body.asMap()));
  }

  /** {@code body} is a list for a JSON patch, an object for the other kinds. */
  public static ApiRequest patch(String path, String contentType, Object body) {
    return new ApiRequest("PATCH", path, contentType, JsonBody.of(body));
  }

  public static ApiRequest delete(String path, Map<String, Object> options) {
    return new ApiRequest("DELETE", path, JSON, JsonBody.of(options));
  }

  public ApiRequest with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new ApiRequest(method, path, more, accept, contentType, body, headers);
  }

  public ApiRequest accepting(String mediaTypes) {
    return new ApiRequest(method, path, query, mediaTypes, contentType, body, headers);
  }

  /** {@code tag} is an ETag that the server gave: it answers 304 when nothing changed since. */
  public ApiRequest ifNoneMatch(String tag) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("If-None-Match", tag);
    return new ApiRequest(method, path, query, accept, contentType, body, more);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
