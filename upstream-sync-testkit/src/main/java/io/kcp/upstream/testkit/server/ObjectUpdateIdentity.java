package io.kcp.upstream.testkit.server;

import java.util.Map;

/** A patch must leave an object the one that the path names. */
final class ObjectUpdateIdentity {
  private ObjectUpdateIdentity() {}

  static void check(Call call, Map<String, Object> wanted) {
    String name = Meta.name(wanted);
    if (!name.equals(call.path().name())) {
      throw ApiException.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, call.path().name()));
    }
    ObjectCreation.checkNamespace(call, wanted);
    String apiVersion = Tree.string(wanted, "apiVersion");
    if (!apiVersion.equals(call.apiVersion())) {
      throw ApiException.badRequest(
          "the API version in the data (%s) does not match the expected API version (%s)"
              .formatted(apiVersion, call.apiVersion()));
    }
    String kind = Tree.string(wanted, "kind");
    if (!kind.equals(call.resource().kind())) {
      throw ApiException.badRequest(
          "the kind in the data (%s) does not match the expected kind (%s)"
              .formatted(kind, call.resource().kind()));
    }
  }
}
