package io.kcp.upstream.road;

/** Workloads of each kind, as YAML. */
final class Workloads {
  private Workloads() {}

  static String namespace(String name) {
    return Manifests.namespace(name);
  }

  private static String pods(String name, String behaviour) {
    return """
        selector: {matchLabels: {app: NAME}}
        template:
          metadata: {labels: {app: NAME}, annotations: {test.kcp.io/behaviour: "BEHAVIOUR"}}
          spec: {containers: [{name: main, image: registry.example.com/NAME:1}]}
        """
        .replace("NAME", name)
        .replace("BEHAVIOUR", behaviour)
        .indent(2);
  }

  private static String head(String apiVersion, String kind, String ns, String name) {
    return """
        apiVersion: %s
        kind: %s
        metadata: {name: %s, namespace: %s}
        spec:
        """
        .formatted(apiVersion, kind, name, ns);
  }

  static String deployment(String ns, String name, int replicas) {
    return head("apps/v1", "Deployment", ns, name)
        + "  replicas: %d\n".formatted(replicas)
        + pods(name, "");
  }

  static String statefulSet(String ns, String name, int replicas) {
    return head("apps/v1", "StatefulSet", ns, name)
        + "  replicas: %d\n  serviceName: %s\n  podManagementPolicy: Parallel\n"
            .formatted(replicas, name)
        + pods(name, "");
  }

  static String daemonSet(String ns, String name) {
    return head("apps/v1", "DaemonSet", ns, name) + pods(name, "");
  }

  /** Tried once. */
  static String job(String ns, String name, String behaviour) {
    return head("batch/v1", "Job", ns, name)
        + """
            backoffLimit: 0
            template:
              metadata: {annotations: {test.kcp.io/behaviour: "BEHAVIOUR"}}
              spec: {restartPolicy: Never, containers: [{name: main, image: a}]}
          """
            .replace("BEHAVIOUR", behaviour);
  }

  /** Due each minute. */
  static String cronJob(String ns, String name) {
    return head("batch/v1", "CronJob", ns, name)
        + """
            schedule: "* * * * *"
            jobTemplate:
              spec:
                template:
                  spec: {restartPolicy: Never, containers: [{name: main, image: a}]}
          """;
  }

  static String syncTarget(String name, String ns) {
    return """
        apiVersion: workload.kcp.io/v1alpha1
        kind: SyncTarget
        metadata:
          name: %s
        spec:
          upstreamSync:
            namespaces:
              include: ["%s"]
            resources:
            - {group: apps, resource: deployments}
            - {group: apps, resource: statefulsets}
            - {group: apps, resource: daemonsets}
            - {group: batch, resource: jobs}
            - {group: batch, resource: cronjobs}
            - {resource: configmaps}
        """
        .formatted(name, ns);
  }
}
