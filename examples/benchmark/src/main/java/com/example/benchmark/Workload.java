package com.example.benchmark;

import com.example.benchmark.contender.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Objects to pull: their types, and how each is made.
 *
 * @param name as the tables name it
 * @param kinds what it holds, in equal numbers
 */
record Workload(String name, List<Kind> kinds) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FABRIC8 = "io.fabric8.kubernetes.api.model.";

  /** Pods as they look in a busy cluster, as a custom resource. */
  static final Kind POD =
      new Kind(
          "bench.example.com",
          "v1",
          "benchpods",
          "BenchPod",
          "com.example.benchmark.contender.BenchPod");

  /** Begins the kinds of many types. */
  private static final String THING = "Thing";

  private static final Kind CONFIG_MAP = core("configmaps", "ConfigMap");

  static Workload configMaps() {
    return new Workload("ConfigMaps of 3.5 KB", List.of(CONFIG_MAP));
  }

  static Workload pods() {
    return new Workload("pods of 4 KB, as a CRD", List.of(POD));
  }

  /** Types with and without schema rules, defaulted fields and lists with keys. */
  static Workload mixed() {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(CONFIG_MAP);
    kinds.add(POD);
    kinds.add(core("secrets", "Secret"));
    kinds.add(core("services", "Service"));
    kinds.add(core("serviceaccounts", "ServiceAccount"));
    kinds.add(core("limitranges", "LimitRange"));
    kinds.add(core("podtemplates", "PodTemplate"));
    kinds.add(core("replicationcontrollers", "ReplicationController"));
    kinds.add(core("persistentvolumeclaims", "PersistentVolumeClaim"));
    for (String kind : List.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")) {
      kinds.add(grouped("apps", "v1", kind, "apps."));
    }
    kinds.add(grouped("batch", "v1", "Job", "batch.v1."));
    kinds.add(grouped("batch", "v1", "CronJob", "batch.v1."));
    kinds.add(grouped("rbac.authorization.k8s.io", "v1", "Role", "rbac."));
    kinds.add(grouped("rbac.authorization.k8s.io", "v1", "RoleBinding", "rbac."));
    kinds.add(grouped("policy", "v1", "PodDisruptionBudget", "policy.v1."));
    kinds.add(
        new Kind(
            "networking.k8s.io",
            "v1",
            "networkpolicies",
            "NetworkPolicy",
            FABRIC8 + "networking.v1.NetworkPolicy"));
    kinds.add(
        new Kind(
            "networking.k8s.io", "v1", "ingresses", "Ingress", FABRIC8 + "networking.v1.Ingress"));
    return new Workload("mixed, " + kinds.size() + " types", kinds);
  }

  /** So many custom types, a hundred to a group, none of which has a class. */
  static Workload manyTypes(int count) {
    List<Kind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String group = "t%d.example.com".formatted(i / 100);
      kinds.add(new Kind(group, "v1", "thing%ds".formatted(i), THING + i, ""));
    }
    return new Workload(count + " types", kinds);
  }

  private static Kind core(String resource, String kind) {
    return new Kind("", "v1", resource, kind, FABRIC8 + kind);
  }

  private static Kind grouped(String group, String version, String kind, String place) {
    return new Kind(
        group,
        version,
        kind.toLowerCase(java.util.Locale.ROOT) + "s",
        kind,
        FABRIC8 + place + kind);
  }

  /** The JSON of the object with this number; the same number gives the same object. */
  static String object(Kind kind, int number, int revision) {
    String name = "o" + number;
    String text =
        switch (kind.kind()) {
          case "ConfigMap" -> "{\"data\":{\"payload\":\"" + noise(number, 3_300) + "\"}}";
          case "Secret" -> "{\"stringData\":{\"payload\":\"" + noise(number, 1_000) + "\"}}";
          case "BenchPod" -> Manifests.pod(number);
          default ->
              kind.kind().startsWith(THING) ? Manifests.pod(number) : Manifests.of(kind.kind());
        };
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(text);
      object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
      ObjectNode metadata = object.withObject("/metadata");
      metadata.put("name", name).put("namespace", Kind.NAMESPACE);
      metadata.withObject("/labels").put("app", "app-" + number % 50);
      metadata.withObject("/annotations").put("revision", Integer.toString(revision));
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the manifest of a " + kind.kind() + " is not JSON", e);
    }
  }

  /** A merge patch that raises the revision of an object. */
  static String change(int revision) {
    return "{\"metadata\":{\"annotations\":{\"revision\":\"" + revision + "\"}}}";
  }

  static String noise(int seed, int length) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(Integer.toString(random.nextInt(Integer.MAX_VALUE), 36));
    }
    return text.substring(0, length);
  }

  /** What a CRD must say for a kind of ours. */
  static Map<String, Object> crd(Kind kind) {
    String plural = kind.resource();
    Map<String, Object> open =
        Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
    Map<String, Object> version =
        Map.of(
            "name",
            kind.version(),
            "served",
            true,
            "storage",
            true,
            "subresources",
            Map.of("status", Map.of()),
            "schema",
            Map.of(
                "openAPIV3Schema",
                Map.of("type", "object", "properties", Map.of("spec", open, "status", open))));
    return Map.of(
        "apiVersion",
        "apiextensions.k8s.io/v1",
        "kind",
        "CustomResourceDefinition",
        "metadata",
        Map.of("name", plural + "." + kind.group()),
        "spec",
        Map.of(
            "group",
            kind.group(),
            "scope",
            "Namespaced",
            "names",
            Map.of(
                "plural", plural,
                "singular", kind.kind().toLowerCase(java.util.Locale.ROOT),
                "kind", kind.kind()),
            "versions",
            List.of(version)));
  }
}
