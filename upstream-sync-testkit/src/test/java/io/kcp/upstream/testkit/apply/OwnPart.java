package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of an object that the writer, defaults and managed fields decide, leaf by leaf, so that
 * a failed comparison shows what differs.
 */
final class OwnPart {
  private static final List<String> ALLOCATED =
      List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort");

  private OwnPart() {}

  static Map<String, String> of(Map<String, Object> object) {
    Map<String, Object> part = Json.copy(object);
    Map<String, Object> metadata = Json.map(part.get("metadata"));
    for (String field : List.of("uid", "resourceVersion", "creationTimestamp", "generation")) {
      metadata.remove(field);
    }
    Json.list(metadata.get("managedFields")).forEach(entry -> Json.map(entry).remove("time"));
    if (metadata.get("managedFields") instanceof List<?> entries) {
      entries.removeIf(entry -> "kube-apiserver".equals(Json.map(entry).get("manager")));
    }
    part.remove("status");
    String kind = Json.string(part, "kind");
    if (kind.equals("Service")) {
      Map<String, Object> spec = Json.map(part.get("spec"));
      ALLOCATED.forEach(spec::remove);
      Json.list(spec.get("ports")).forEach(port -> Json.map(port).remove("nodePort"));
    }
    if (kind.equals("Namespace")) {
      part.remove("spec");
    }
    if (kind.startsWith("PersistentVolume")) {
      metadata.remove("finalizers");
    }
    if (kind.equals("Job")) {
      metadata.remove("labels");
      Json.map(part.get("spec")).remove("selector");
      Json.map(Json.map(part.get("spec")).get("template")).remove("metadata");
    }
    if (kind.equals("Pod")) {
      List.of("priority", "preemptionPolicy", "tolerations")
          .forEach(Json.map(part.get("spec"))::remove);
    }
    Map<String, String> leaves = new TreeMap<>();
    flatten("", part, leaves);
    return leaves;
  }

  private static void flatten(String path, @Nullable Object value, Map<String, String> leaves) {
    if (Json.isEmpty(value) || Json.isScalar(value)) {
      leaves.put(path, FieldErrors.print(value));
    }
    Json.map(value).forEach((name, field) -> flatten(path + "." + name, field, leaves));
    int index = 0;
    for (Object item : Json.list(value)) {
      flatten(path + "[" + index++ + "]", item, leaves);
    }
  }
}
