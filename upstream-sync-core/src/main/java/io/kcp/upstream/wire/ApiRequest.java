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
 */
public record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    String accept,
    @Nullable String contentType,
    Optional<JsonBody> body) {

  /** What a PATCH body is. */
  public static final String APPLY = "application/apply-patch+yaml";

  public static final String JSON_PATCH = "application/json-patch+json";
  public static final String JSON = "application/json";

  public ApiRequest {
    query = Map.copyOf(query);
  }

  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, Map.of(), JSON, null, Optional.empty());
  }

  public static ApiRequest post(String path, ObjectTree body) {
    return new ApiRequest("POST", path, Map.of(), JSON, JSON, JsonBody.of(body.asMap()));
  }

  public static ApiRequest put(String path, ObjectTree body) {
    return new ApiRequest("PUT", path, Map.of(), JSON, JSON, JsonBody.of(body.asMap()));
  }

  /** A server-side apply; add {@code fieldManager} and {@code force} with {@link #with}. */
  public static ApiRequest apply(String path, ObjectTree body) {
    return new ApiRequest("PATCH", path, Map.of(), JSON, APPLY, JsonBody.of(body.asMap()));
  }

  /** {@code body} is a list for a JSON patch, an object for the other kinds. */
  public static ApiRequest patch(String path, String contentType, Object body) {
    return new ApiRequest("PATCH", path, Map.of(), JSON, contentType, JsonBody.of(body));
  }

  public static ApiRequest delete(String path, Map<String, Object> options) {
    return new ApiRequest("DELETE", path, Map.of(), JSON, JSON, JsonBody.of(options));
  }

  public ApiRequest with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return new ApiRequest(method, path, more, accept, contentType, body);
  }

  public ApiRequest accepting(String mediaTypes) {
    return new ApiRequest(method, path, query, mediaTypes, contentType, body);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
