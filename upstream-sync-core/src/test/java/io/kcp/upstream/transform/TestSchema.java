package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.ObjectTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Schemas made by hand. */
public record TestSchema(
    Merge merge,
    Map<String, MergeSchema> fields,
    Optional<MergeSchema> values,
    List<String> keys,
    Map<String, Object> defaults)
    implements MergeSchema {

  public static MergeSchema scalar() {
    return new TestSchema(Merge.WHOLE, Map.of(), Optional.empty(), List.of(), Map.of());
  }

  /** A struct: names and schemas in turn. */
  public static MergeSchema struct(Object... fields) {
    Map<String, MergeSchema> byName = new HashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      byName.put((String) fields[i], (MergeSchema) fields[i + 1]);
    }
    return new TestSchema(Merge.FIELDS, byName, Optional.empty(), List.of(), Map.of());
  }

  public static MergeSchema map(MergeSchema values) {
    return new TestSchema(Merge.FIELDS, Map.of(), Optional.of(values), List.of(), Map.of());
  }

  public static MergeSchema set() {
    return new TestSchema(Merge.SET, Map.of(), Optional.of(scalar()), List.of(), Map.of());
  }

  public static MergeSchema listMap(MergeSchema items, String... keys) {
    return new TestSchema(
        Merge.LIST_MAP, Map.of(), Optional.of(items), List.of(keys), Map.of("protocol", "TCP"));
  }

  /** As a Deployment is, in the fields that tests use. */
  public static MergeSchema deployment() {
    MergeSchema port = struct("containerPort", scalar(), "protocol", scalar(), "name", scalar());
    MergeSchema container =
        struct(
            "name", scalar(),
            "image", scalar(),
            "args", scalar(),
            "env", listMap(struct("name", scalar(), "value", scalar()), "name"),
            "ports", listMap(port, "containerPort", "protocol"),
            "securityContext", struct("privileged", scalar()),
            "resources", struct("limits", map(scalar())));
    MergeSchema podSpec =
        struct(
            "containers", listMap(container, "name"),
            "volumes", listMap(struct("name", scalar(), "emptyDir", struct()), "name"),
            "nodeSelector", scalar());
    MergeSchema metadata =
        struct(
            "labels", map(scalar()),
            "annotations", map(scalar()),
            "finalizers", set(),
            "ownerReferences", listMap(scalar(), "uid"));
    MergeSchema template = struct("metadata", metadata, "spec", podSpec);
    return struct(
        "apiVersion", scalar(),
        "kind", scalar(),
        "metadata", metadata,
        "spec", struct("replicas", scalar(), "selector", scalar(), "template", template),
        "status", struct("replicas", scalar(), "observedGeneration", scalar()));
  }

  @Override
  public MergeSchema field(String name) {
    return fields.getOrDefault(name, values.orElseGet(MergeSchema::deduced));
  }

  @Override
  public boolean declares(String name) {
    return fields.containsKey(name);
  }

  @Override
  public MergeSchema items() {
    return values.orElseGet(MergeSchema::deduced);
  }

  @Override
  public Optional<Object> keyDefault(String key) {
    return Optional.ofNullable(defaults.get(key));
  }

  /** Knows the fields of the object's own {@code spec} only, for tests of pruning. */
  @Override
  public ObjectTree prune(ObjectTree object) {
    return object.without("spec.unknownToTheWorkspace").without("status.unknownToTheWorkspace");
  }
}
