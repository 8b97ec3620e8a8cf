package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.ManagedFields;
import java.util.Map;

/** Stores new objects. */
final class ObjectCreation {
  private static final int NAME_ATTEMPTS = 8;

  private ObjectCreation() {}

  /** Answers POST of a collection. */
  static Reply post(Call call) {
    View view = View.ofObjects(call);
    WriteOptions.check(call, "CreateOptions", false);
    Map<String, Object> object = RequestBody.object(call);
    checkNamespace(call, object);
    if (!Meta.version(object).isEmpty()) {
      throw ApiException.internal("resourceVersion should not be set on objects to be created");
    }
    Map<String, Object> decoded = Decoder.decode(call, object);
    return Reply.of(201, view.accept(), view.form(shown(call, fromClient(call, decoded))));
  }

  /** Creates what a client wrote, its field manager noted. */
  static Map<String, Object> fromClient(Call call, Map<String, Object> decoded) {
    return create(
        call,
        ManagedFields.afterUpdate(
            null, decoded, call.manager(), call.version().schema(), call.server().instant()));
  }

  /** Creates a decoded object whose managed fields are right; returns it in the call's version. */
  static Map<String, Object> create(Call call, Map<String, Object> managed) {
    String base = Tree.string(managed, "metadata", "generateName");
    boolean generated = Meta.name(managed).isEmpty() && !base.isEmpty();
    for (int attempt = 1; ; attempt++) {
      Map<String, Object> named =
          generated ? Tree.with(managed, GeneratedName.of(base), "metadata", "name") : managed;
      if (call.resource().namespaced()) {
        named = Tree.with(named, call.path().namespace(), "metadata", "namespace");
      }
      String name = Meta.name(named);
      NamespaceGate.check(call, name);
      Map<String, Object> created = Preparation.forCreate(call, named);
      Validation.check(call, null, created);
      ObjectKey key = call.key(name);
      Stored existing = call.store().get(call.shelf(), key);
      if (existing == null) {
        if (call.isDryRun()) {
          return created;
        }
        Map<String, Object> tree = Conversion.toStored(call.resource(), created);
        StorageLimit.check(tree);
        Stored stored =
            call.store().create(call.shelf(), key, tree, () -> NamespaceGate.check(call, name));
        if (stored != null) {
          return Conversion.inVersion(call.resource(), call.version(), stored.tree());
        }
      }
      if (!generated || attempt == NAME_ATTEMPTS) {
        boolean deleting = existing != null && Meta.isDeleting(existing.tree());
        throw ApiException.alreadyExists(call.resource().id(), name, deleting);
      }
    }
  }

  /** The object as the client sees it. */
  static Map<String, Object> shown(Call call, Map<String, Object> object) {
    return call.server().kcp()
        ? Tree.with(object, call.cluster().name(), "metadata", "annotations", Conversion.CLUSTER)
        : object;
  }

  static void checkNamespace(Call call, Map<String, Object> object) {
    String namespace = Meta.namespace(object);
    if (!namespace.isEmpty() && !namespace.equals(call.path().namespace())) {
      throw ApiException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the"
              + " request");
    }
  }
}
