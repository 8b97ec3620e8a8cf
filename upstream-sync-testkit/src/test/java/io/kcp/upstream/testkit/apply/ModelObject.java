package io.kcp.upstream.testkit.apply;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the functions of this package make of the writes to one object. */
final class ModelObject {
  private final String apiVersion;
  private final Schema schema;
  private final @Nullable CrdSchema crd;
  private @Nullable Map<String, Object> live;
  private @Nullable Map<String, Object> before;

  ModelObject(String apiVersion, Schema schema, @Nullable CrdSchema crd) {
    this.apiVersion = apiVersion;
    this.schema = schema;
    this.crd = crd;
  }

  String apiVersion() {
    return apiVersion;
  }

  Schema schema() {
    return schema;
  }

  boolean isCustom() {
    return crd != null;
  }

  boolean exists() {
    return live != null;
  }

  Map<String, Object> object() {
    return live == null ? Map.of() : live;
  }

  /** Takes the last write back. */
  void undo() {
    live = before;
  }

  void write(Map<String, Object> object, String manager) {
    Map<String, Object> decoded =
        crd == null
            ? decoded(object)
            : crd.applyDefaults(crd.dropNulls(crd.prune(object).object()));
    store(
        ManagedFields.afterUpdate(
            live, withStatusOfLive(decoded), manager(manager, ""), schema, Instant.now()));
  }

  /** A write through the main endpoint does not touch status. */
  private Map<String, Object> withStatusOfLive(Map<String, Object> object) {
    Map<String, Object> changed = new LinkedHashMap<>(object);
    changed.remove("status");
    if (live != null && live.containsKey("status")) {
      changed.put("status", live.get("status"));
    }
    return changed;
  }

  void apply(Map<String, Object> config, String manager, boolean force) {
    Map<String, Object> applied =
        ServerSideApply.apply(live, config, manager(manager, ""), force, schema, Instant.now());
    Map<String, Object> decoded = crd == null ? decoded(applied) : crd.applyDefaults(applied);
    store(withStatusOfLive(decoded));
  }

  /** A write through the status endpoint touches nothing else. */
  void applyStatus(Map<String, Object> config, String manager) {
    Map<String, Object> applied =
        ServerSideApply.apply(
            live, config, manager(manager, "status"), false, schema, Instant.now());
    Map<String, Object> changed = new LinkedHashMap<>(object());
    changed.remove("status");
    if (applied.containsKey("status")) {
      changed.put("status", applied.get("status"));
    }
    Map<String, Object> metadata = new LinkedHashMap<>(ManagedFields.metadata(object()));
    metadata.put("managedFields", ManagedFields.metadata(applied).get("managedFields"));
    changed.put("metadata", metadata);
    store(changed);
  }

  /** Takes over the times of a real object's managed fields: the real clock is not the model's. */
  void adoptManagedFields(Map<String, Object> real) {
    Map<String, Object> metadata = new LinkedHashMap<>(ManagedFields.metadata(object()));
    Object managedFields = ManagedFields.metadata(real).get("managedFields");
    if (managedFields != null) {
      metadata.put("managedFields", managedFields);
      live = new LinkedHashMap<>(object());
      live.put("metadata", metadata);
    }
  }

  private Map<String, Object> decoded(Map<String, Object> object) {
    String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    return BuiltInDefaults.apply(
        group, Json.string(object, "kind"), BuiltInDefaults.prune(object, schema).object());
  }

  private Manager manager(String name, String subresource) {
    return new Manager(name, apiVersion, subresource);
  }

  private void store(Map<String, Object> updated) {
    if (crd != null) {
      List<FieldError> errors = crd.validate(live, updated);
      if (!errors.isEmpty()) {
        throw new InvalidConfigException(422, errors.toString());
      }
    }
    before = live;
    live = live == null ? updated : ManagedFields.liveIfUnchanged(live, updated);
  }
}
