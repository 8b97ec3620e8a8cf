package io.kcp.upstream.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the next page of a list begins.
 *
 * @param version of the first page, -1 to go on with whatever is there
 * @param start a key below the listed path, less than any that is still to come
 */
record ContinueToken(long version, String start) {
  String encode() {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("v", "meta.k8s.io/v1");
    token.put("rv", version);
    token.put("start", start);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
  }

  static ContinueToken decode(String text) {
    try {
      Map<String, Object> token = Tree.asMap(Json.parse(Base64.getUrlDecoder().decode(text)));
      String start = Tree.string(token, "start");
      if (Tree.string(token, "v").equals("meta.k8s.io/v1") && !start.isEmpty()) {
        return new ContinueToken(Tree.number(token, 0, "rv"), start);
      }
      throw ApiException.badRequest(
          "continue key is not valid: incorrect encoded start resourceVersion (version"
              + " meta.k8s.io/v1)");
    } catch (IllegalArgumentException | IOException e) {
      throw ApiException.badRequest(
          "invalid continue token: continue key is not valid: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /** The token after an object, in the list of {@code scope}. */
  static ContinueToken after(long version, Scope scope, ObjectKey key) {
    return new ContinueToken(version, path(scope, key) + "\0");
  }

  /** Whether an object comes after this token. */
  boolean isBefore(Scope scope, ObjectKey key) {
    byte[] left = start.getBytes(StandardCharsets.UTF_8);
    byte[] right = path(scope, key).getBytes(StandardCharsets.UTF_8);
    return java.util.Arrays.compareUnsigned(left, right) <= 0;
  }

  private static String path(Scope scope, ObjectKey key) {
    StringBuilder path = new StringBuilder();
    if (scope.cluster().equals(Scope.ALL_CLUSTERS)) {
      path.append(key.cluster()).append('/');
    }
    if (scope.namespace().isEmpty() && !key.namespace().isEmpty()) {
      path.append(key.namespace()).append('/');
    }
    return path.append(key.name()).toString();
  }
}
