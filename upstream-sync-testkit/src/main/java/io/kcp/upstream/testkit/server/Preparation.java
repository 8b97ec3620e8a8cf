package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.BuiltInDefaults;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server makes of an object as written: fields that no client may set, status rules. */
final class Preparation {
  private static final List<String> NEVER_FROM_CLIENT =
      List.of(
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "generation",
          "resourceVersion");
  private static final List<String> NEVER_CHANGED =
      List.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "generateName");

  private Preparation() {}

  /** An object that is to be created; its name is known. */
  static Map<String, Object> forCreate(Call call, Map<String, Object> object) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    Map<String, Object> sent = new LinkedHashMap<>(Tree.map(object, "metadata"));
    NEVER_FROM_CLIENT.forEach(sent::remove);
    for (String field : List.of("name", "generateName", "namespace")) {
      if (sent.containsKey(field)) {
        metadata.put(field, sent.remove(field));
      }
    }
    metadata.put("uid", java.util.UUID.randomUUID().toString());
    if (call.resource().is(Trait.GENERATION)) {
      metadata.put("generation", 1L);
    }
    metadata.put("creationTimestamp", call.server().now());
    sent.forEach(metadata::putIfAbsent);
    Map<String, Object> created = Tree.with(object, metadata, "metadata");
    if (call.version().has("status")) {
      created = Tree.without(created, "status");
    }
    return call.resource().is(Trait.CUSTOM)
        ? created
        : BuiltInDefaults.stored(BuiltInCreation.fill(call, created), call.version().schema());
  }

  /** An object that is to replace {@code live}; both in the version of the call. */
  static Map<String, Object> forUpdate(
      Call call, Map<String, Object> live, Map<String, Object> updated) {
    Map<String, Object> result;
    if (call.isStatus()) {
      result = statusWrite(call, live, updated);
    } else {
      result = withLiveMetadata(live, updated);
      if (call.version().has("status")) {
        result = Tree.with(result, live.get("status"), "status");
      }
      if (!call.resource().is(Trait.CUSTOM)) {
        result =
            BuiltInDefaults.stored(BuiltInUpdate.fill(call, live, result), call.version().schema());
      }
    }
    if (Generation.rises(call, live, result)) {
      long next = Tree.number(live, 0, "metadata", "generation") + 1;
      result = Tree.with(result, next, "metadata", "generation");
    }
    return result;
  }

  private static Map<String, Object> statusWrite(
      Call call, Map<String, Object> live, Map<String, Object> updated) {
    Map<String, Object> result = Tree.with(live, updated.get("status"), "status");
    if (call.resource().is(Trait.STATUS_WRITES_METADATA)) {
      Object metadata = withLiveMetadata(live, updated).get("metadata");
      result = Tree.with(result, metadata, "metadata");
      if (call.resource().id().qualified().equals("deployments.apps")) {
        result = Tree.with(result, Tree.get(live, "metadata", "labels"), "metadata", "labels");
      }
      return result;
    }
    return Tree.with(
        result, Tree.get(updated, "metadata", "managedFields"), "metadata", "managedFields");
  }

  private static Map<String, Object> withLiveMetadata(
      Map<String, Object> live, Map<String, Object> updated) {
    Map<String, Object> metadata = new LinkedHashMap<>(Tree.map(updated, "metadata"));
    for (String field : NEVER_CHANGED) {
      Object value = Tree.get(live, "metadata", field);
      if (value == null) {
        metadata.remove(field);
      } else {
        metadata.put(field, value);
      }
    }
    return Tree.with(updated, metadata, "metadata");
  }
}
