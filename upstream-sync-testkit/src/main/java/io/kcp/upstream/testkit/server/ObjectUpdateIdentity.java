package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.List;
import java.util.Map;

/** A patch must leave an object the one that the path names. */
final class ObjectUpdateIdentity {
  private ObjectUpdateIdentity() {}

  static void check(Call call, Map<String, Object> wanted) {
    String apiVersion = Tree.string(wanted, "apiVersion");
    String kind = Tree.string(wanted, "kind");
    boolean sameKind = kind.equals(call.resource().kind());
    if (!sameKind && call.resource().is(Trait.CUSTOM)) {
      throw otherKind(call, kind, Meta.name(wanted));
    }
    if (!sameKind || !apiVersion.equals(call.apiVersion())) {
      throw ApiException.invalidPatch(wanted, BodyKind.unknown(kind, apiVersion));
    }
    checkName(call, wanted);
    ObjectCreation.checkNamespace(call, wanted);
  }

  static void checkName(Call call, Map<String, Object> wanted) {
    String name = Meta.name(wanted);
    if (!name.equals(call.path().name())) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, call.path().name()));
    }
  }

  /** The refusal of a custom resource of another kind. */
  static ApiException otherKind(Call call, String kind, String name) {
    return ApiException.invalid(
        new ResourceName(call.resource().group(), kind),
        name,
        List.of(
            new FieldError(
                "kind",
                "FieldValueInvalid",
                "Invalid value: \"%s\": must be %s".formatted(kind, call.resource().kind()))));
  }
}
