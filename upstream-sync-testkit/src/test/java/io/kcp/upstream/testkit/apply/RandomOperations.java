package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes requests for few objects of two kinds, so that writers meet and finalizers matter. */
final class RandomOperations {
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> LABELS =
      List.of("a=v0", "a!=v0", "a", "!a", "a in (v0,v1),b=v1", "a notin (v1)", "a=");
  private static final List<String> ACCEPTS =
      List.of(
          "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
          "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json",
          "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json",
          "application/yaml;q=0.1,application/json");

  private final RandomWrites random;
  private final Kind kind;
  private final String namespace;

  RandomOperations(RandomWrites random, Kind kind, String namespace) {
    this.random = random;
    this.kind = kind;
    this.namespace = namespace;
  }

  String collection() {
    return kind.collection(namespace);
  }

  private String manager() {
    return "fieldManager=m" + random.below(4) + (random.chance(8) ? "&dryRun=All" : "");
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.below(values.size()));
  }

  private Map<String, Object> object(String name) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", kind.apiVersion());
    object.put("kind", kind.kindName());
    Map<String, Object> metadata = random.metadata(name);
    metadata.put("namespace", namespace);
    if (kind == Kind.WIDGET) { // stored as they are, and a version rises when they are dropped
      metadata.values().removeIf(Json::isEmpty);
    }
    object.put("metadata", metadata);
    object.putAll(kind.content(random));
    return object;
  }

  Request next() {
    String name = oneOf(NAMES);
    String path = collection() + "/" + name;
    int dice = random.below(100);
    if (dice < 10) {
      return Request.write("POST", path, collection(), manager(), "json", object(name));
    }
    if (dice < 20) {
      return put(path, object(name));
    }
    if (dice < 40) {
      return patch(path, object(name));
    }
    if (dice < 62) {
      String query = manager() + "&force=" + random.chance(40);
      return Request.write("PATCH", path, path, query, "apply-patch+yaml", object(name));
    }
    if (dice < 72) {
      return status(path, object(name));
    }
    if (dice < 80) {
      return delete(path);
    }
    if (dice < 83) {
      return release(path);
    }
    return dice < 98 ? read(path) : deleteSome();
  }

  private Request put(String path, Map<String, Object> object) {
    Map<String, Object> metadata = Json.map(object.get("metadata"));
    if (random.chance(80)) {
      metadata.put("resourceVersion", random.chance(75) ? "<version>" : "<stale>");
    }
    if (random.chance(10)) {
      metadata.put("uid", random.chance(50) ? "<uid>" : "another");
    }
    return Request.write("PUT", path, path, manager(), "json", object);
  }

  private Request patch(String path, Map<String, Object> object) {
    return switch (random.below(3)) {
      case 0 -> Request.write("PATCH", path, path, manager(), "merge-patch+json", object);
      case 1 -> Request.write("PATCH", path, path, manager(), "strategic-merge-patch+json", object);
      default -> {
        List<Object> operations = new ArrayList<>();
        object.forEach((field, value) -> operations.add(Twins.operation(field, value)));
        operations.add(
            Yaml.object(
                oneOf(
                    List.of(
                        "{op: test, path: /metadata/labels/a, value: v0}",
                        "{op: remove, path: /metadata/annotations/a}",
                        "{op: replace, path: /metadata/annotations/b, value: v9}",
                        "{op: copy, from: /metadata/labels/a, path: /metadata/annotations/c}",
                        "{op: add, path: /metadata/labels/c, value: v3}"))));
        yield Request.write("PATCH", path, path, manager(), "json-patch+json", operations);
      }
    };
  }

  private Request status(String path, Map<String, Object> object) {
    Map<String, Object> written = new LinkedHashMap<>(object);
    written.put("status", kind.status(random));
    String status = path + "/status";
    return switch (random.below(3)) {
      case 0 -> {
        Map<String, Object> metadata = Json.map(written.get("metadata"));
        metadata.put("resourceVersion", "<version>");
        yield Request.write("PUT", path, status, manager(), "json", written);
      }
      case 1 -> Request.write("PATCH", path, status, manager(), "merge-patch+json", written);
      default -> {
        String query = manager() + "&force=" + random.chance(40);
        yield Request.write("PATCH", path, status, query, "apply-patch+yaml", written);
      }
    };
  }

  private Request delete(String path) {
    String options =
        oneOf(
            List.of(
                "{}",
                "{}",
                "{preconditions: {uid: <uid>}}",
                "{preconditions: {uid: another}}",
                "{preconditions: {resourceVersion: <version>}}",
                "{preconditions: {uid: <uid>, resourceVersion: <stale>}}",
                "{propagationPolicy: Background}",
                "{propagationPolicy: Foreground}",
                "{propagationPolicy: Orphan}",
                "{propagationPolicy: Sideways}",
                "{gracePeriodSeconds: 0}",
                "{dryRun: [All]}"));
    Map<String, Object> body = Yaml.object(options.replace("<", "\"<").replace(">", ">\""));
    body.put("apiVersion", "v1");
    body.put("kind", "DeleteOptions");
    return Request.write("DELETE", path, path, "", "json", body);
  }

  /** Lets an object that is being deleted go. */
  private Request release(String path) {
    Map<String, Object> patch = Yaml.object("{metadata: {finalizers: null}}");
    return Request.write("PATCH", path, path, manager(), "merge-patch+json", patch);
  }

  private Request deleteSome() {
    String query = "labelSelector=" + escaped(oneOf(LABELS));
    return new Request("DELETE", collection(), collection(), query, "", null, "");
  }

  private Request read(String path) {
    String accept = random.chance(30) ? oneOf(ACCEPTS) : "";
    return switch (random.below(6)) {
      case 0 -> Request.get(path, path, "", accept);
      case 1 -> list("labelSelector=" + escaped(oneOf(LABELS)), accept);
      case 2 ->
          list(
              "fieldSelector="
                  + escaped(oneOf(List.of("metadata.name=a", "metadata.name!=b", "spec.x=1"))),
              accept);
      case 3 -> list("limit=" + (1 + random.below(2)), accept);
      case 4 -> list("limit=1&continue=<continue>", accept);
      default -> list(oneOf(List.of("", "limit=-1", "limit=x", "labelSelector=%21%21")), accept);
    };
  }

  private Request list(String query, String accept) {
    return Request.get(collection(), collection(), query, accept);
  }

  private static String escaped(String selector) {
    return java.net.URLEncoder.encode(selector, java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Ends the sequence of events of every watch. */
  Request last(String name) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", kind.apiVersion());
    object.put("kind", kind.kindName());
    object.put("metadata", Yaml.object("{name: %s, labels: {a: v0}}".formatted(name)));
    object.putAll(kind.content(new RandomWrites(0)));
    return Request.write("POST", name, collection(), "", "json", object);
  }
}
