package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.OpenApiTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of an OpenAPI document that is about one resource. */
final class OpenApiResource {
  private static final Map<String, Object> TEXT = Map.of("type", "string");

  private final Resource resource;
  private final Version version;
  private final Map<String, Object> kind = new LinkedHashMap<>();
  private final String schemaName;

  /**
   * @param schemas the document's schemas, to which those of built-in kinds are added at once
   */
  OpenApiResource(Resource resource, Version version, Map<String, Object> schemas) {
    this.resource = resource;
    this.version = version;
    kind.put("group", resource.group());
    kind.put("version", version.name());
    kind.put("kind", resource.kind());
    String builtIn =
        resource.is(Trait.CUSTOM)
            ? null
            : new OpenApiTypes(schemas).add(resource.group(), version.name(), resource.kind());
    this.schemaName = builtIn == null ? customName() : builtIn;
  }

  /** Of {@code ex.io} and Widget {@code io.ex.v1.Widget}; of dotless groups as kcp has it. */
  private String customName() {
    String rest = "." + version.name() + "." + resource.kind();
    if (!resource.group().contains(".")) {
      return (resource.group().isEmpty() ? "core" : resource.group()) + ".api.k8s.io" + rest;
    }
    List<String> labels = new ArrayList<>(Arrays.asList(resource.group().split("\\.", -1)));
    Collections.reverse(labels);
    return String.join(".", labels) + rest;
  }

  void addPaths(Map<String, Object> paths) {
    String group = resource.group();
    String base = group.isEmpty() ? "/api/" : "/apis/" + group + "/";
    String all =
        base
            + version.name()
            + (resource.namespaced() ? "/namespaces/{namespace}/" : "/")
            + resource.id().name();
    Map<String, Object> collection = new LinkedHashMap<>();
    collection.put("get", operation("list"));
    collection.put("post", operation("post", "dryRun", "fieldManager", "fieldValidation"));
    paths.put(all, collection);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("get", operation("get"));
    object.put("put", operation("put", "dryRun", "fieldManager", "fieldValidation"));
    object.put("delete", operation("delete", "dryRun", "propagationPolicy"));
    object.put("patch", operation("patch", "dryRun", "fieldManager", "fieldValidation", "force"));
    paths.put(all + "/{name}", object);
  }

  private Map<String, Object> operation(String action, String... parameters) {
    Map<String, Object> schema = Map.of("$ref", "#/components/schemas/" + schemaName);
    Map<String, Object> content = Map.of("application/json", Map.of("schema", schema));
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("parameters", OpenApi.parameters(parameters));
    if (action.equals("patch")) {
      Map<String, Object> patch = Map.of("schema", Map.of("type", "object"));
      Map<String, Object> types = new LinkedHashMap<>();
      types.put("application/apply-patch+yaml", patch);
      types.put("application/json-patch+json", patch);
      types.put("application/merge-patch+json", patch);
      if (!resource.is(Trait.CUSTOM)) {
        types.put("application/strategic-merge-patch+json", patch);
      }
      operation.put("requestBody", Map.of("content", types));
    }
    operation.put("responses", Map.of("200", Map.of("description", "OK", "content", content)));
    operation.put("x-kubernetes-action", action);
    operation.put("x-kubernetes-group-version-kind", kind);
    return operation;
  }

  void addSchemas(Map<String, Object> schemas) {
    OpenApiTypes types = new OpenApiTypes(schemas);
    if (!resource.is(Trait.CUSTOM)) {
      Map<String, Object> known = new LinkedHashMap<>(Tree.map(schemas, schemaName));
      known.put("x-kubernetes-group-version-kind", List.of(kind));
      schemas.put(schemaName, known);
      return;
    }
    Map<String, Object> own = Tree.map(version.crd(), "schema", "openAPIV3Schema");
    Map<String, Object> properties = new LinkedHashMap<>(Tree.map(own, "properties"));
    String meta = "#/components/schemas/" + types.addObjectMeta();
    properties.put("apiVersion", TEXT);
    properties.put("kind", TEXT);
    properties.put("metadata", Map.of("allOf", List.of(Map.of("$ref", meta))));
    Map<String, Object> schema = new LinkedHashMap<>(own);
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("x-kubernetes-group-version-kind", List.of(kind));
    schemas.put(schemaName, schema);
  }
}
