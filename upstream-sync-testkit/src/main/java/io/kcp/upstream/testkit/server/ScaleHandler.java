package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import io.kcp.upstream.testkit.apply.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Answers for the scale subresource: a Scale that stands for some fields of the object. */
final class ScaleHandler {
  private static final String[] REPLICAS = {"spec", "replicas"};

  private final Call call;

  private ScaleHandler(Call call) {
    this.call = call;
  }

  static Reply handle(Call call) {
    ScaleHandler handler = new ScaleHandler(call);
    Accept accept = View.ofObjects(call).accept();
    return switch (call.http().method()) {
      case "GET" -> Reply.of(200, accept, handler.get());
      case "PUT", "PATCH" -> Reply.of(200, accept, handler.write());
      default -> throw ApiException.methodNotAllowed();
    };
  }

  private Map<String, Object> get() {
    Stored stored = call.store().get(call.shelf(), call.key(call.path().name()));
    if (stored == null) {
      throw call.notFound();
    }
    return scale(Conversion.inVersion(call.resource(), call.version(), stored.tree()));
  }

  private Map<String, Object> write() {
    boolean put = call.http().method().equals("PUT");
    WriteOptions.check(call, put ? "UpdateOptions" : "PatchOptions", false);
    Map<String, Object> updated =
        ObjectUpdate.run(call, live -> scaled(live, put ? RequestBody.read(call) : patched(live)));
    return scale(updated);
  }

  private Map<String, Object> patched(Map<String, Object> live) {
    return PatchHandler.patched(call, scale(live), Schemas.builtIn("autoscaling", "v1", "Scale"));
  }

  private Map<String, Object> scaled(Map<String, Object> live, Map<String, Object> scale) {
    long replicas = Tree.number(scale, 0, REPLICAS);
    if (replicas < 0) {
      throw negative(replicas);
    }
    Map<String, Object> changed = Tree.with(live, replicas, path("specReplicasPath", REPLICAS));
    String version = Meta.version(scale);
    Map<String, Object> managed = timeless(ObjectUpdate.managed(call, live, changed));
    return version.isEmpty() ? managed : Tree.with(managed, version, "metadata", "resourceVersion");
  }

  /** As on a real server, the entry of a scale has no time, and so comes first of all updates. */
  private Map<String, Object> timeless(Map<String, Object> object) {
    List<Map<String, Object>> applied = new ArrayList<>();
    List<Map<String, Object>> scaled = new ArrayList<>();
    List<Map<String, Object>> updated = new ArrayList<>();
    for (Map<String, Object> entry : Tree.maps(object, "metadata", "managedFields")) {
      if (Tree.string(entry, "operation").equals("Apply")) {
        applied.add(entry);
      } else if (Tree.string(entry, "subresource").equals("scale")) {
        scaled.add(Tree.without(entry, "time"));
      } else {
        updated.add(entry);
      }
    }
    applied.addAll(scaled);
    applied.addAll(updated);
    return Tree.with(object, applied, "metadata", "managedFields");
  }

  private ApiException negative(long replicas) {
    boolean custom = call.resource().is(Trait.CUSTOM);
    FieldError error =
        new FieldError(
            custom ? ".spec.replicas" : "spec.replicas",
            "FieldValueInvalid",
            "Invalid value: %d: %s"
                .formatted(
                    replicas,
                    custom
                        ? "should be a non-negative integer"
                        : "must be greater than or equal to 0"));
    return ApiException.invalid(
        custom ? call.resource().kindName() : new ResourceName("autoscaling", "Scale"),
        call.path().name(),
        List.of(error));
  }

  /** Where a CRD says that a value is, or where it is in built-in kinds. */
  private String[] path(String setting, String... builtIn) {
    String path = Tree.string(call.version().crd(), "subresources", "scale", setting);
    if (path.isEmpty()) {
      return call.resource().is(Trait.CUSTOM) && setting.equals("labelSelectorPath")
          ? new String[] {""}
          : builtIn;
    }
    return path.substring(1).split("\\.", -1);
  }

  private Map<String, Object> scale(Map<String, Object> object) {
    String setting = Tree.string(call.version().crd(), "subresources", "scale", "specReplicasPath");
    if (!setting.isEmpty() && !Tree.has(object, path("specReplicasPath"))) {
      throw ApiException.internalError(
          "the spec replicas field \"" + setting + "\" does not exist");
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    for (String field : new String[] {"name", "namespace", "uid", "resourceVersion"}) {
      metadata.put(field, Tree.string(object, "metadata", field));
    }
    metadata.put("creationTimestamp", Tree.string(object, "metadata", "creationTimestamp"));
    Map<String, Object> status = new LinkedHashMap<>();
    status.put(
        "replicas", Tree.number(object, 0, path("statusReplicasPath", "status", "replicas")));
    String selector = selector(object);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    Map<String, Object> scale = new LinkedHashMap<>();
    scale.put("kind", "Scale");
    scale.put("apiVersion", "autoscaling/v1");
    scale.put("metadata", metadata);
    scale.put(
        "spec", Map.of("replicas", Tree.number(object, 0, path("specReplicasPath", REPLICAS))));
    scale.put("status", status);
    return scale;
  }

  private String selector(Map<String, Object> object) {
    if (call.resource().is(Trait.CUSTOM)) {
      return Tree.string(object, path("labelSelectorPath", ""));
    }
    Map<String, Object> selector = Tree.map(object, "spec", "selector");
    Map<String, Object> labels =
        selector.containsKey("matchLabels") ? Tree.map(selector, "matchLabels") : selector;
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
