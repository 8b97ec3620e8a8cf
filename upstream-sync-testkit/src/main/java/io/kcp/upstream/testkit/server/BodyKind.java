package io.kcp.upstream.testkit.server;

import java.util.Map;

/** Whether the body of a POST or PUT is of the kind that the path is about. */
final class BodyKind {
  private BodyKind() {}

  /** Returns the object with apiVersion and kind. */
  static Map<String, Object> checked(Call call, Map<String, Object> body) {
    String kind = Tree.string(body, "kind");
    String apiVersion = Tree.string(body, "apiVersion");
    if (call.resource().is(Trait.CUSTOM)) {
      custom(call, body, kind, apiVersion);
      return body;
    }
    String expectedKind = call.resource().kind();
    boolean sameVersion = apiVersion.isEmpty() || apiVersion.equals(call.apiVersion());
    boolean sameKind = kind.isEmpty() || kind.equals(expectedKind);
    if (!sameVersion || !sameKind) {
      String what = kind.isEmpty() ? expectedKind : kind;
      String version = apiVersion.isEmpty() ? call.apiVersion() : apiVersion;
      throw cannotBe(
          call,
          what,
          version,
          isKnown(call, what, version)
              ? "converting (%s.%s) to (%s.%s): unknown conversion"
                  .formatted(name(version), what, internal(call), expectedKind)
              : unknown(what, version));
    }
    return Tree.with(Tree.with(body, call.apiVersion(), "apiVersion"), expectedKind, "kind");
  }

  private static void custom(Call call, Map<String, Object> body, String kind, String apiVersion) {
    for (String field : new String[] {"kind", "apiVersion"}) {
      if (Tree.string(body, field).isEmpty()) {
        String text = new String(call.http().body(), java.nio.charset.StandardCharsets.UTF_8);
        String name = field.equals("kind") ? "Kind" : field;
        throw ApiException.badRequest(
            "the object provided is unrecognized (must be of type %s): Object '%s' is missing in '%s' (%s)"
                .formatted(call.resource().kind(), name, text, text));
      }
    }
    if (!apiVersion.equals(call.apiVersion())) {
      throw ApiException.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(apiVersion, call.apiVersion()));
    }
    if (!kind.equals(call.resource().kind())) {
      throw ObjectUpdateIdentity.otherKind(call, kind, Meta.name(body));
    }
  }

  static ApiException cannotBe(Call call, String kind, String apiVersion, String why) {
    return ApiException.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(kind, name(apiVersion), call.resource().kind(), why));
  }

  static String unknown(String kind, String apiVersion) {
    return "no kind \"%s\" is registered for version \"%s\" in scheme \"pkg/runtime/scheme.go:111\""
        .formatted(kind, apiVersion);
  }

  private static boolean isKnown(Call call, String kind, String apiVersion) {
    return call.cluster().registry().all().stream()
        .filter(resource -> !resource.is(Trait.CUSTOM) && resource.kind().equals(kind))
        .anyMatch(
            resource ->
                resource.versions().stream()
                    .anyMatch(version -> resource.apiVersion(version).equals(apiVersion)));
  }

  private static String name(String apiVersion) {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }

  private static String internal(Call call) {
    String group = call.resource().group();
    int dot = group.indexOf('.');
    return group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
  }
}
