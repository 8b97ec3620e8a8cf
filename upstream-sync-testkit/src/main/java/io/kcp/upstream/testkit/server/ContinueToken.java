package io.kcp.upstream.testkit.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the next page of a list begins.
 *
 * @param version of the first page, -1 to go on with whatever is there
 * @param start a key below the listed path, with a slash before it, less than any that is still to
 *     come
 */
record ContinueToken(long version, String start) {
  private static final Set<String> NO_NAMES = Set.of("", ".", "..");

  String encode() {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("v", "meta.k8s.io/v1");
    token.put("rv", version);
    token.put("start", start);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(token));
  }

  static ContinueToken decode(String text) {
    Map<String, Object> token;
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      checkStart(json);
      token = Tree.asMap(Json.parse(json));
    } catch (IllegalArgumentException e) {
      throw invalid("illegal base64 data at input byte 0");
    } catch (IOException e) {
      throw invalid(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    String format = Tree.string(token, "v");
    if (!format.equals("meta.k8s.io/v1")) {
      throw invalid("server does not recognize this encoded version " + format);
    }
    long version = Tree.number(token, 0, "rv");
    if (version == 0) {
      throw invalid("incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    }
    String start = Tree.string(token, "start");
    if (start.isEmpty()) {
      throw invalid("encoded start key empty (version meta.k8s.io/v1)");
    }
    String rooted = start.startsWith("/") ? start : "/" + start;
    if (List.of(rooted.substring(1).split("/", -1)).stream().anyMatch(NO_NAMES::contains)) {
      throw invalid(start);
    }
    return new ContinueToken(version, rooted);
  }

  private static ApiException invalid(String why) {
    return ApiException.badRequest("invalid continue token: continue key is not valid: " + why);
  }

  /** Says of what is no JSON at all what the server's own parser says. */
  private static void checkStart(byte[] json) throws IOException {
    if (json.length == 0) {
      throw new IOException("unexpected end of JSON input");
    }
    char first = (char) (json[0] & 0xff);
    if ("{[\"tfn-0123456789 \t\r\n".indexOf(first) < 0) {
      String shown = first >= ' ' && first < 0x7f ? "" + first : "\\u%04x".formatted((int) first);
      throw new IOException("invalid character '" + shown + "' looking for beginning of value");
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
    StringBuilder path = new StringBuilder("/");
    if (scope.cluster().equals(Scope.ALL_CLUSTERS)) {
      path.append(key.cluster()).append('/');
    }
    if (scope.namespace().isEmpty() && !key.namespace().isEmpty()) {
      path.append(key.namespace()).append('/');
    }
    return path.append(key.name()).toString();
  }
}
