package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The defaults of pods and of the templates of pods. */
final class PodDefaults {
  private static final long MODE_0644 = 420;

  private PodDefaults() {}

  static void pod(Map<String, Object> pod) {
    Map<String, Object> spec = Defaults.make(pod, "spec");
    spec(spec);
    Defaults.set(spec, "enableServiceLinks", true);
    for (String containers : List.of("containers", "initContainers")) {
      Defaults.each(spec, containers, PodDefaults::requestLimits);
      if (Boolean.TRUE.equals(spec.get("hostNetwork"))) {
        Defaults.each(spec, containers, PodDefaults::hostPorts);
      }
    }
    Defaults.set(Defaults.make(pod, "status"), "phase", "Pending");
  }

  /** A pod that limits a resource requests as much of it. */
  private static void requestLimits(Map<String, Object> container) {
    Map<String, Object> resources = Defaults.make(container, "resources");
    Map<String, Object> limits = Json.map(resources.get("limits"));
    if (!limits.isEmpty()) {
      Map<String, Object> requests = new TreeMap<>(limits);
      requests.putAll(Json.map(resources.get("requests")));
      resources.put("requests", requests);
    }
  }

  private static void hostPorts(Map<String, Object> container) {
    Defaults.each(
        container, "ports", port -> Defaults.set(port, "hostPort", port.get("containerPort")));
  }

  /** The pod template in the {@code spec} of a workload. */
  static void template(Map<String, Object> spec) {
    Defaults.within(spec, "template", template -> spec(Defaults.make(template, "spec")));
  }

  static void spec(Map<String, Object> spec) {
    Defaults.set(spec, "dnsPolicy", "ClusterFirst");
    Defaults.set(spec, "restartPolicy", "Always");
    Defaults.make(spec, "securityContext");
    Defaults.set(spec, "terminationGracePeriodSeconds", 30L);
    Defaults.set(spec, "schedulerName", "default-scheduler");
    sameServiceAccount(spec);
    for (String containers : List.of("containers", "initContainers", "ephemeralContainers")) {
      Defaults.each(spec, containers, PodDefaults::container);
    }
    Defaults.each(spec, "volumes", PodDefaults::volume);
  }

  /** Both names of one field. */
  private static void sameServiceAccount(Map<String, Object> spec) {
    String name = Json.string(spec, "serviceAccountName");
    String used = name.isEmpty() ? Json.string(spec, "serviceAccount") : name;
    if (!used.isEmpty()) {
      spec.put("serviceAccountName", used);
      spec.put("serviceAccount", used);
    }
  }

  private static void container(Map<String, Object> container) {
    Defaults.set(container, "terminationMessagePath", "/dev/termination-log");
    Defaults.set(container, "terminationMessagePolicy", "File");
    Defaults.set(container, "imagePullPolicy", pullPolicy(Json.string(container, "image")));
    Defaults.each(container, "ports", port -> Defaults.set(port, "protocol", "TCP"));
    Defaults.each(
        container, "env", variable -> Defaults.within(variable, "valueFrom", PodDefaults::source));
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      Defaults.within(container, probe, PodDefaults::probe);
    }
    Defaults.within(
        container,
        "lifecycle",
        lifecycle -> {
          Defaults.within(lifecycle, "postStart", PodDefaults::handler);
          Defaults.within(lifecycle, "preStop", PodDefaults::handler);
        });
  }

  private static String pullPolicy(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean latest = !name.contains(":") || name.endsWith(":latest");
    return latest && !name.contains("@") ? "Always" : "IfNotPresent";
  }

  private static void source(Map<String, Object> source) {
    Defaults.within(source, "fieldRef", field -> Defaults.set(field, "apiVersion", "v1"));
    Defaults.within(source, "resourceFieldRef", field -> Defaults.set(field, "divisor", "0"));
  }

  private static void probe(Map<String, Object> probe) {
    Defaults.set(probe, "timeoutSeconds", 1L);
    Defaults.set(probe, "periodSeconds", 10L);
    Defaults.set(probe, "successThreshold", 1L);
    Defaults.set(probe, "failureThreshold", 3L);
    Defaults.within(probe, "grpc", grpc -> grpc.putIfAbsent("service", ""));
    handler(probe);
  }

  private static void handler(Map<String, Object> handler) {
    Defaults.within(
        handler,
        "httpGet",
        get -> {
          Defaults.set(get, "path", "/");
          Defaults.set(get, "scheme", "HTTP");
        });
  }

  private static void volume(Map<String, Object> volume) {
    if (volume.keySet().equals(Set.of("name"))) {
      Defaults.make(volume, "emptyDir");
    }
    for (String source : List.of("secret", "configMap", "downwardAPI", "projected")) {
      Defaults.within(volume, source, PodDefaults::files);
    }
    Defaults.within(volume, "hostPath", path -> path.putIfAbsent("type", ""));
    Defaults.within(volume, "iscsi", iscsi -> Defaults.set(iscsi, "iscsiInterface", "default"));
    Defaults.within(
        volume,
        "image",
        image -> Defaults.set(image, "pullPolicy", pullPolicy(Json.string(image, "reference"))));
    Defaults.within(
        volume,
        "ephemeral",
        ephemeral ->
            Defaults.within(
                ephemeral,
                "volumeClaimTemplate",
                claim -> Defaults.set(Defaults.make(claim, "spec"), "volumeMode", "Filesystem")));
  }

  private static void files(Map<String, Object> files) {
    Defaults.set(files, "defaultMode", MODE_0644);
    Defaults.each(files, "items", PodDefaults::source);
    Defaults.each(
        files,
        "sources",
        source -> {
          Defaults.within(
              source,
              "downwardAPI",
              downward -> Defaults.each(downward, "items", PodDefaults::source));
          Defaults.within(
              source,
              "serviceAccountToken",
              token -> Defaults.set(token, "expirationSeconds", 3600L));
        });
  }
}
