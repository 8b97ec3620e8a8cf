package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import io.kcp.upstream.testkit.apply.ManagedFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Replaces objects that exist. */
final class ObjectUpdate {
  private static final String MODIFIED =
      "the object has been modified; please apply your changes to the latest version and try"
          + " again";

  private ObjectUpdate() {}

  /** Answers PUT of an object or its status. */
  static Reply put(Call call) {
    View view = View.ofObjects(call);
    WriteOptions.check(call, "UpdateOptions", false);
    Map<String, Object> object = RequestBody.object(call);
    ObjectCreation.checkNamespace(call, object);
    checkName(call, object);
    Map<String, Object> decoded = Decoder.decode(call, object);
    Stored live = call.store().get(call.shelf(), call.key(call.path().name()));
    if (live == null && call.resource().is(Trait.PUT_CREATES)) {
      if (!Meta.uid(decoded).isEmpty()) {
        throw wrongUid(call, Meta.uid(decoded), "");
      }
      Map<String, Object> created = ObjectCreation.fromClient(call, decoded);
      if (call.isDryRun() && !Meta.version(decoded).isEmpty()) {
        created = Tree.with(created, Meta.version(decoded), "metadata", "resourceVersion");
      }
      return Reply.of(201, view.accept(), view.form(ObjectCreation.shown(call, created)));
    }
    Map<String, Object> updated = run(call, current -> replaced(call, current, decoded));
    return Reply.of(200, view.accept(), view.form(ObjectCreation.shown(call, updated)));
  }

  private static void checkName(Call call, Map<String, Object> object) {
    String name = Meta.name(object);
    if (!name.equals(call.path().name())) {
      throw ApiException.badRequest(
          name.isEmpty()
              ? "the name of the object (%s based on URL) was undeterminable: name must be provided"
                  .formatted(call.path().name())
              : "the name of the object (%s) does not match the name on the URL (%s)"
                  .formatted(name, call.path().name()));
    }
  }

  private static Map<String, Object> replaced(
      Call call, Map<String, Object> live, Map<String, Object> decoded) {
    String uid = Meta.uid(decoded);
    if (!uid.isEmpty() && !uid.equals(Meta.uid(live))) {
      throw wrongUid(call, uid, Meta.uid(live));
    }
    String version = Meta.version(decoded);
    if (version.isEmpty() || version.equals("0")) {
      if (call.resource().is(Trait.NEEDS_VERSION)) {
        throw ApiException.invalid(
            call.resource().id(),
            call.path().name(),
            List.of(
                new FieldError(
                    "metadata.resourceVersion",
                    "FieldValueInvalid",
                    "Invalid value: 0: must be specified for an update")));
      }
    }
    return managed(call, live, decoded);
  }

  private static ApiException wrongUid(Call call, String wanted, String found) {
    String namespace = call.path().namespace();
    ResourceName id = call.resource().id();
    String key =
        "%s/%s%s%s/%s"
            .formatted(
                call.isDryRun() ? "" : "/registry",
                call.resource().is(Trait.CUSTOM) ? id.group() + "/" : "",
                id.qualified().equals("services") ? "services/specs" : id.name(),
                namespace.isEmpty() ? "" : "/" + namespace,
                call.path().name());
    return ApiException.conflict(
        id,
        call.path().name(),
        "StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0, AdditionalErrorMsg:"
                .formatted(key)
            + " Precondition failed: UID in precondition: %s, UID in object meta: %s"
                .formatted(wanted, found));
  }

  /** Notes the call's manager for what differs between the live object and a decoded one. */
  static Map<String, Object> managed(
      Call call, Map<String, Object> live, Map<String, Object> decoded) {
    return ManagedFields.afterUpdate(
        live,
        writable(call, live, decoded),
        call.manager(),
        call.version().schema(),
        call.server().instant());
  }

  /** What a status write can't change is as it was, so that nobody comes to own it. */
  private static Map<String, Object> writable(
      Call call, Map<String, Object> live, Map<String, Object> decoded) {
    if (!call.isStatus()) {
      return decoded;
    }
    if (call.resource().is(Trait.STATUS_WRITES_METADATA)) {
      return call.resource().id().qualified().equals("deployments.apps")
          ? Tree.with(decoded, Tree.get(live, "metadata", "labels"), "metadata", "labels")
          : decoded;
    }
    Map<String, Object> metadata = new LinkedHashMap<>(Tree.map(live, "metadata"));
    for (String field : List.of("resourceVersion", "managedFields", "uid")) {
      Object sent = Tree.get(decoded, "metadata", field);
      if (sent != null) {
        metadata.put(field, sent);
      }
    }
    return Tree.with(decoded, metadata, "metadata");
  }

  /**
   * Changes an object, again when somebody else was faster.
   *
   * @param change makes of the live object, in the call's version, the one that is wanted: decoded,
   *     managed fields right, its resourceVersion a precondition
   * @return the object afterwards, in the call's version
   */
  static Map<String, Object> run(Call call, UnaryOperator<Map<String, Object>> change) {
    for (; ; ) {
      Stored stored = call.store().get(call.shelf(), call.key(call.path().name()));
      if (stored == null) {
        throw call.notFound();
      }
      Map<String, Object> live =
          Conversion.inVersion(call.resource(), call.version(), stored.tree());
      Map<String, Object> wanted = change.apply(live);
      checkVersion(call, live, wanted);
      checkDeletion(call, live, wanted);
      Map<String, Object> prepared = Preparation.forUpdate(call, live, wanted);
      Validation.check(call, live, prepared);
      Map<String, Object> result = ManagedFields.liveIfUnchanged(live, prepared);
      if (Objects.equals(result, live) || call.isDryRun()) {
        return result;
      }
      Map<String, Object> tree = Conversion.toStored(call.resource(), result);
      StorageLimit.check(tree);
      if (Deletion.isDue(tree)) {
        if (call.store().delete(call.shelf(), stored) != null) {
          return result;
        }
      } else {
        Stored after = call.store().replace(call.shelf(), stored, tree);
        if (after != null) {
          return Conversion.inVersion(call.resource(), call.version(), after.tree());
        }
      }
    }
  }

  private static void checkVersion(
      Call call, Map<String, Object> live, Map<String, Object> wanted) {
    String version = Meta.version(wanted);
    if (!version.isEmpty() && !version.equals("0") && !version.equals(Meta.version(live))) {
      throw ApiException.conflict(call.resource().id(), call.path().name(), MODIFIED);
    }
  }

  private static void checkDeletion(
      Call call, Map<String, Object> live, Map<String, Object> wanted) {
    Object asked = Tree.get(wanted, "metadata", "deletionTimestamp");
    if (asked != null && !asked.equals(Tree.get(live, "metadata", "deletionTimestamp"))) {
      throw ApiException.invalid(
          call.resource().kindName(),
          call.path().name(),
          List.of(
              MetaValidation.invalid(
                  "metadata.deletionTimestamp", String.valueOf(asked), "field is immutable")));
    }
  }
}
