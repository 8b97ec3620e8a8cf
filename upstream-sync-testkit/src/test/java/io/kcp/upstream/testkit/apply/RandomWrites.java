package io.kcp.upstream.testkit.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes configurations out of few fields and values, so that writers meet. */
final class RandomWrites {
  private final Random random;

  RandomWrites(long seed) {
    random = new Random(seed);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Mostly one of three, at times one of twenty. */
  String manager() {
    return "m" + random.nextInt(chance(30) ? 20 : 3);
  }

  private String value() {
    return "v" + random.nextInt(2);
  }

  private void maybe(Map<String, Object> map, String field, Supplier<Object> value) {
    if (random.nextBoolean()) {
      map.put(field, value.get());
    }
  }

  private Map<String, Object> strings(String... keys) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key : keys) {
      maybe(map, key, this::value);
    }
    return map;
  }

  private List<Object> names(String... names) {
    List<Object> picked = new ArrayList<>();
    for (String name : names) {
      if (random.nextBoolean()) {
        picked.add(random.nextInt(picked.size() + 1), name);
      }
    }
    return picked;
  }

  private List<Object> items(String key, String... names) {
    List<Object> items = new ArrayList<>();
    for (Object name : names(names)) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put(key, name);
      maybe(item, "value", this::value);
      items.add(item);
    }
    return items;
  }

  Map<String, Object> widgetSpec() {
    Map<String, Object> spec = new LinkedHashMap<>();
    maybe(spec, "n", () -> (long) random.nextInt(2));
    maybe(spec, "s", this::value);
    maybe(spec, "labels", () -> strings("a", "b", "c"));
    maybe(spec, "whole", () -> strings("a", "b"));
    maybe(spec, "sub", () -> strings("a", "b"));
    maybe(spec, "list", () -> names("a", "b"));
    maybe(spec, "set", () -> names("a", "b", "c", "d"));
    maybe(spec, "items", () -> items("name", "a", "b", "c", "d"));
    maybe(
        spec,
        "free",
        () -> {
          Map<String, Object> free = strings("a", "b");
          maybe(free, "deep", () -> strings("x", "y"));
          maybe(free, "list", () -> names("a", "b"));
          return free;
        });
    return spec;
  }

  Map<String, Object> metadata(String name) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    metadata.put("namespace", "default");
    maybe(metadata, "labels", () -> strings("a", "b"));
    maybe(metadata, "annotations", () -> strings("a", "b"));
    if (chance(20)) {
      metadata.put("finalizers", names("ex.io/a", "ex.io/b"));
    }
    return metadata;
  }

  Map<String, Object> deploymentSpec() {
    Map<String, Object> spec =
        Yaml.object(
            "{selector: {matchLabels: {app: d}}, template: {metadata: {labels: {app: d}}, spec: {}}}");
    maybe(spec, "replicas", () -> (long) random.nextInt(2));
    maybe(spec, "minReadySeconds", () -> (long) random.nextInt(2));
    maybe(spec, "paused", random::nextBoolean);
    maybe(
        spec,
        "strategy",
        () ->
            Yaml.object(
                random.nextBoolean() ? "{type: RollingUpdate}" : "{rollingUpdate: {maxSurge: 1}}"));
    Map<String, Object> pod = Json.map(Json.map(spec.get("template")).get("spec"));
    List<Object> containers = new ArrayList<>();
    containers.add(container("main"));
    if (random.nextBoolean()) {
      containers.add(random.nextInt(2), container("side"));
    }
    pod.put("containers", containers);
    maybe(pod, "nodeSelector", () -> strings("a", "b"));
    maybe(pod, "tolerations", () -> Yaml.list("[{key: a, operator: Exists}]"));
    maybe(pod, "hostNetwork", random::nextBoolean);
    maybe(pod, "volumes", this::volumes);
    return spec;
  }

  private Map<String, Object> container(String name) {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", name);
    container.put("image", "image:" + random.nextInt(2));
    maybe(container, "env", () -> items("name", "A", "B", "C"));
    maybe(container, "args", () -> names("a", "b"));
    maybe(
        container,
        "ports",
        () ->
            Yaml.list(
                random.nextBoolean()
                    ? "[{containerPort: 80}]"
                    : "[{containerPort: 80, name: http}, {containerPort: 80, protocol: UDP}]"));
    maybe(
        container,
        "resources",
        () -> Yaml.object(random.nextBoolean() ? "{}" : "{requests: {cpu: 1000m, memory: 1Gi}}"));
    maybe(container, "readinessProbe", () -> Yaml.object("{httpGet: {port: 80}}"));
    return container;
  }

  /** A volume's kind goes with its name: a merge of two kinds would be refused. */
  private List<Object> volumes() {
    List<Object> volumes = new ArrayList<>();
    for (Object name : names("v", "w")) {
      Map<String, Object> volume = new LinkedHashMap<>();
      volume.put("name", name);
      volume.putAll(
          name.equals("w")
              ? Map.of("configMap", Map.of("name", value()))
              : Map.of(
                  "emptyDir", random.nextBoolean() ? Map.of() : Map.of("sizeLimit", "1024Mi")));
      volumes.add(volume);
    }
    return volumes;
  }

  Map<String, Object> serviceSpec() {
    Map<String, Object> spec = new LinkedHashMap<>();
    maybe(spec, "selector", () -> strings("a", "b"));
    maybe(spec, "sessionAffinity", () -> random.nextBoolean() ? "None" : "ClientIP");
    maybe(spec, "publishNotReadyAddresses", random::nextBoolean);
    List<Object> ports = new ArrayList<>();
    for (Object name : names("http", "https", "dns")) {
      Map<String, Object> port = new LinkedHashMap<>();
      port.put("name", name);
      port.put("port", name.equals("http") ? 80L : 443L);
      if (name.equals("dns")) {
        port.put("protocol", "UDP");
      }
      maybe(port, "targetPort", () -> random.nextBoolean() ? (Object) 8080L : name);
      ports.add(port);
    }
    spec.put("ports", ports);
    return spec;
  }

  Map<String, Object> status() {
    return strings("x", "y");
  }

  Map<String, Object> secret() {
    Map<String, Object> content = new LinkedHashMap<>();
    maybe(content, "stringData", () -> strings("a", "b"));
    maybe(
        content,
        "data",
        () -> new LinkedHashMap<>(Map.of(random.nextBoolean() ? "a" : "c", "AAEC")));
    return content;
  }

  Map<String, Object> configMap() {
    Map<String, Object> content = new LinkedHashMap<>();
    maybe(content, "data", () -> strings("a", "b", "c.yaml"));
    maybe(content, "binaryData", () -> new LinkedHashMap<>(Map.of("bin", "AAEC")));
    return content;
  }
}
