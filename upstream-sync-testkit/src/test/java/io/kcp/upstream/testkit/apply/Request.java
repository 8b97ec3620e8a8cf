package io.kcp.upstream.testkit.apply;

import org.jspecify.annotations.Nullable;

/**
 * What both servers are asked. In query and body {@code <uid>}, {@code <version>}, {@code <stale>}
 * and {@code <continue>} stand for what each server itself gave out last.
 *
 * @param object the path of the object that the placeholders are about
 * @param path such as that of the object, its collection or its status
 * @param type the body's media type
 * @param accept "" for JSON
 */
record Request(
    String method,
    String object,
    String path,
    String query,
    String type,
    @Nullable Object body,
    String accept) {
  static Request get(String object, String path, String query, String accept) {
    return new Request("GET", object, path, query, "", null, accept);
  }

  static Request write(
      String method, String object, String path, String query, String type, Object body) {
    return new Request(method, object, path, query, "application/" + type, body, "");
  }

  @Override
  public String toString() {
    return method + " " + path + "?" + query + " " + type + " " + accept + " " + body;
  }
}
