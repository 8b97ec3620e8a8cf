package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a client wants to delete.
 *
 * @param uid "" for any
 * @param version "" for any
 * @param propagation "" for what the resource has as its own
 * @param grace seconds that the object is given; null for what it has as its own
 */
record DeleteOptions(
    String uid, String version, String propagation, boolean dryRun, @Nullable Long grace) {
  private static final Set<String> PROPAGATIONS = Set.of("", "Background", "Foreground", "Orphan");
  private static final Set<String> UNDELETABLE = Set.of("default", "kube-system", "kube-public");

  static DeleteOptions of(Call call) {
    Map<String, Object> body = body(call);
    String propagation = Tree.string(body, "propagationPolicy");
    if (propagation.isEmpty()) {
      propagation = call.query().get("propagationPolicy");
    }
    Object orphan = body.get("orphanDependents");
    List<FieldError> errors = new ArrayList<>();
    if (orphan != null && !propagation.isEmpty()) {
      errors.add(
          MetaValidation.invalid(
              "propagationPolicy",
              propagation,
              "orphanDependents and deletionPropagation cannot be both set"));
    }
    if (!PROPAGATIONS.contains(propagation)) {
      errors.add(
          WriteOptions.unsupported(
              "propagationPolicy",
              propagation,
              "\"Foreground\", \"Background\", \"Orphan\", \"nil\""));
    }
    List<String> dryRun =
        body.isEmpty() && call.query().has("dryRun")
            ? List.of(call.query().get("dryRun"))
            : Tree.strings(body, "dryRun");
    if (!List.of("All").containsAll(dryRun)) {
      errors.add(WriteOptions.unsupported("dryRun", String.join(",", dryRun), "\"All\""));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(new ResourceName("meta.k8s.io", "DeleteOptions"), "", errors);
    }
    if (orphan != null) {
      propagation = Boolean.TRUE.equals(orphan) ? "Orphan" : "Background";
    }
    return new DeleteOptions(
        Tree.string(body, "preconditions", "uid"),
        Tree.string(body, "preconditions", "resourceVersion"),
        propagation,
        !dryRun.isEmpty(),
        grace(call, body));
  }

  private static @Nullable Long grace(Call call, Map<String, Object> body) {
    if (body.get("gracePeriodSeconds") instanceof Number seconds) {
      return seconds.longValue();
    }
    return call.query().get("gracePeriodSeconds").isEmpty()
        ? null
        : Long.valueOf(call.query().number("gracePeriodSeconds", 0));
  }

  private static Map<String, Object> body(Call call) {
    byte[] body = call.http().body();
    if (body.length == 0) {
      return Map.of();
    }
    RequestBody.checkSize(body);
    Map<String, Object> options = parsed(call, body);
    if (Tree.has(options, "kind") && !Tree.string(options, "kind").equals("DeleteOptions")) {
      throw ApiException.badRequest(
          BodyKind.unknown(Tree.string(options, "kind"), Tree.string(options, "apiVersion")));
    }
    checkTypes(options);
    return options;
  }

  private static Map<String, Object> parsed(Call call, byte[] body) {
    try {
      Object value =
          switch (RequestBody.mediaType(call)) {
            case "application/yaml" -> YamlText.parse(body);
            case "", "application/json" -> Json.parse(body);
            default -> throw ApiException.unsupportedMediaType(RequestBody.UNKNOWN_FORMAT, false);
          };
      if (value != null && !(value instanceof Map<?, ?>)) {
        throw ApiException.badRequest(
            "couldn't get version/kind; json parse error: " + RequestBody.noObject(value));
      }
      return Tree.asMap(value);
    } catch (IOException e) {
      throw ApiException.badRequest(
          "couldn't get version/kind; json parse error: " + RequestBody.firstLine(e));
    }
  }

  private static void checkTypes(Map<String, Object> options) {
    checkType(options, "gracePeriodSeconds", Number.class, "int64");
    checkType(options, "preconditions", Map.class, "v1.Preconditions");
    checkType(options, "orphanDependents", Boolean.class, "bool");
    checkType(options, "propagationPolicy", String.class, "v1.DeletionPropagation");
    checkType(options, "dryRun", List.class, "[]string");
  }

  private static void checkType(
      Map<String, Object> options, String field, Class<?> type, String name) {
    Object value = options.get(field);
    if (value != null && !type.isInstance(value)) {
      throw ApiException.badRequest(
          "json: cannot unmarshal %s into Go struct field DeleteOptions.%s of type %s"
              .formatted(RequestBody.goType(value), field, name));
    }
  }

  /** Throws when the object must not be deleted, or is not the one that is meant. */
  void check(Call call, Stored live) {
    String name = live.key().name();
    if (call.resource().isNamespaces() && UNDELETABLE.contains(name)) {
      throw ApiException.forbidden(
          call.resource().id(), name, "this namespace may not be deleted", List.of());
    }
    precondition(call, name, "UID", uid, Meta.uid(live.tree()));
    precondition(call, name, "ResourceVersion", version, Meta.version(live.tree()));
  }

  private static void precondition(
      Call call, String name, String what, String wanted, String found) {
    if (!wanted.isEmpty() && !wanted.equals(found)) {
      String why =
          "the %s in the precondition (%s) does not match the %s in record (%s). The object might"
                  .formatted(what, wanted, what, found)
              + (what.equals("UID")
                  ? " have been deleted and then recreated"
                  : " have been modified");
      throw ApiException.conflict(call.resource().kindName(), name, why);
    }
  }

  /** Adds or drops the finalizers by which the garbage collector is told what to do. */
  void propagate(Resource resource, List<String> finalizers) {
    String policy = propagation;
    if (policy.isEmpty() && resource.is(Trait.ORPHANS) && finalizers.isEmpty()) {
      policy = "Orphan";
    }
    if (policy.isEmpty()) {
      return;
    }
    finalizers.remove("orphan");
    finalizers.remove("foregroundDeletion");
    if (policy.equals("Orphan")) {
      finalizers.add("orphan");
    } else if (policy.equals("Foreground")) {
      finalizers.add("foregroundDeletion");
    }
  }
}
