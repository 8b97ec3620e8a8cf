package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of an OpenAPI document that is about one resource. */
final class OpenApiResource {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private static final Map<String, Object> ANY_TEXTS =
      Map.of("type", "object", "additionalProperties", TEXT);

  private final Resource resource;
  private final Version version;
  private final Map<String, Object> kind = new LinkedHashMap<>();
  private final String schemaName;

  OpenApiResource(Resource resource, Version version) {
    this.resource = resource;
    this.version = version;
    kind.put("group", resource.group());
    kind.put("version", version.name());
    kind.put("kind", resource.kind());
    this.schemaName = schemaName();
  }

  private String schemaName() {
    if (!resource.is(Trait.CUSTOM)) {
      String group = resource.group().isEmpty() ? "core" : resource.group().split("\\.", -1)[0];
      return "io.k8s.api." + group + "." + version.name() + "." + resource.kind();
    }
    List<String> labels = new ArrayList<>(Arrays.asList(resource.group().split("\\.", -1)));
    Collections.reverse(labels);
    String group = resource.group().isEmpty() ? "core" : String.join(".", labels);
    String prefix = resource.group().contains(".") ? "" : "api.k8s.io.";
    return resource.group().contains(".") || resource.group().isEmpty()
        ? prefix + group + "." + version.name() + "." + resource.kind()
        : group + ".api.k8s.io." + version.name() + "." + resource.kind();
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
      operation.put(
          "requestBody",
          Map.of(
              "content",
              Map.of(
                  "application/apply-patch+yaml", patch,
                  "application/json-patch+json", patch,
                  "application/merge-patch+json", patch)));
    }
    operation.put("responses", Map.of("200", Map.of("description", "OK", "content", content)));
    operation.put("x-kubernetes-action", action);
    operation.put("x-kubernetes-group-version-kind", kind);
    return operation;
  }

  void addSchemas(Map<String, Object> schemas) {
    Map<String, Object> own = Tree.map(version.crd(), "schema", "openAPIV3Schema");
    Map<String, Object> schema = new LinkedHashMap<>(own);
    schema.put("type", "object");
    if (resource.is(Trait.CUSTOM)) {
      Map<String, Object> properties = new LinkedHashMap<>(Tree.map(own, "properties"));
      properties.put("apiVersion", TEXT);
      properties.put("kind", TEXT);
      properties.put("metadata", Map.of("allOf", List.of(reference("ObjectMeta"))));
      schema.put("properties", properties);
      addMeta(schemas);
    }
    schema.put("x-kubernetes-group-version-kind", List.of(kind));
    schemas.put(schemaName, schema);
  }

  private static Map<String, Object> reference(String type) {
    return Map.of("$ref", "#/components/schemas/" + META + type);
  }

  private static void addMeta(Map<String, Object> schemas) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String field : List.of("name", "namespace", "generateName", "uid", "resourceVersion")) {
      properties.put(field, TEXT);
    }
    properties.put("generation", Map.of("type", "integer", "format", "int64"));
    Map<String, Object> time = Map.of("type", "string", "format", "date-time");
    properties.put("creationTimestamp", time);
    properties.put("deletionTimestamp", time);
    properties.put("deletionGracePeriodSeconds", Map.of("type", "integer", "format", "int64"));
    properties.put("labels", ANY_TEXTS);
    properties.put("annotations", ANY_TEXTS);
    properties.put("finalizers", setOfTexts());
    properties.put("ownerReferences", owners());
    properties.put(
        "managedFields",
        Map.of(
            "type", "array",
            "items", Map.of("type", "object"),
            "x-kubernetes-list-type", "atomic"));
    schemas.put(META + "ObjectMeta", Map.of("type", "object", "properties", properties));
  }

  private static Map<String, Object> setOfTexts() {
    return Map.of(
        "type",
        "array",
        "items",
        TEXT,
        "x-kubernetes-list-type",
        "set",
        "x-kubernetes-patch-strategy",
        "merge");
  }

  private static Map<String, Object> owners() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String field : List.of("apiVersion", "kind", "name", "uid")) {
      properties.put(field, TEXT);
    }
    properties.put("controller", Map.of("type", "boolean"));
    properties.put("blockOwnerDeletion", Map.of("type", "boolean"));
    Map<String, Object> owners = new LinkedHashMap<>();
    owners.put("type", "array");
    owners.put(
        "items",
        Map.of(
            "type",
            "object",
            "required",
            List.of("apiVersion", "kind", "name", "uid"),
            "properties",
            properties,
            "x-kubernetes-map-type",
            "atomic"));
    owners.put("x-kubernetes-list-type", "map");
    owners.put("x-kubernetes-list-map-keys", List.of("uid"));
    owners.put("x-kubernetes-patch-merge-key", "uid");
    owners.put("x-kubernetes-patch-strategy", "merge");
    return owners;
  }
}
