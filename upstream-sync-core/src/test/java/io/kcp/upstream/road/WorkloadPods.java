package io.kcp.upstream.road;

import io.kcp.upstream.testkit.TestCluster;
import java.util.List;
import java.util.Map;

/** Makes the ReplicaSets and pods of a Deployment by hand, where no controllers run. */
final class WorkloadPods {
  private final TestCluster cluster;
  private final String namespace;
  private final String deployment;

  WorkloadPods(TestCluster cluster, String namespace, String deployment) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.deployment = deployment;
  }

  private String uid(String resource, String name) {
    return cluster.find(resource, namespace, name).orElseThrow().string("metadata.uid").get();
  }

  void replicaSet(String name, int revision) {
    cluster
        .as("controller")
        .apply(
            """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata:
              name: %s
              namespace: %s
              annotations: {deployment.kubernetes.io/revision: "%d"}
              ownerReferences:
              - {apiVersion: apps/v1, kind: Deployment, name: %s, uid: %s, controller: true}
            spec:
              replicas: 1
              selector: {matchLabels: {set: %s}}
              template:
                metadata: {labels: {set: %s}}
                spec: {containers: [{name: web, image: a}]}
            """
                .formatted(
                    name,
                    namespace,
                    revision,
                    deployment,
                    uid("deployments.apps", deployment),
                    name,
                    name));
  }

  void pod(String replicaSet, String name) {
    cluster
        .as("controller")
        .apply(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              name: %s
              namespace: %s
              ownerReferences:
              - {apiVersion: apps/v1, kind: ReplicaSet, name: %s, uid: %s, controller: true}
            spec: {containers: [{name: web, image: a}]}
            """
                .formatted(name, namespace, replicaSet, uid("replicasets.apps", replicaSet)));
  }

  void runs(String pod) {
    status(
        pod,
        Map.of(
            "phase", "Running", "conditions", List.of(Map.of("type", "Ready", "status", "True"))));
  }

  /** Its one container can't begin for this reason. */
  void waits(String pod, String reason) {
    Map<String, Object> container =
        Map.of(
            "name",
            "web",
            "image",
            "a",
            "imageID",
            "",
            "ready",
            false,
            "restartCount",
            0,
            "state",
            Map.of("waiting", Map.of("reason", reason)));
    status(pod, Map.of("phase", "Pending", "containerStatuses", List.of(container)));
  }

  /** What the Deployment says of itself; it wants as many pods as there are. */
  void rollout(int pods, int ready) {
    cluster.as("kubectl").set("deployments.apps", namespace, deployment, "spec.replicas", pods);
    long generation =
        cluster
            .find("deployments.apps", namespace, deployment)
            .orElseThrow()
            .integer("metadata.generation")
            .orElseThrow();
    Map<String, Object> status =
        Map.of(
            "observedGeneration",
            generation,
            "replicas",
            pods,
            "updatedReplicas",
            pods,
            "readyReplicas",
            ready,
            "availableReplicas",
            ready,
            "conditions",
            List.of(Map.of("type", "Available", "status", ready == pods ? "True" : "False")));
    cluster.as("controller").set("deployments.apps", namespace, deployment, "status", status);
  }

  private void status(String pod, Map<String, ?> status) {
    cluster.as("kubelet").set("pods", namespace, pod, "status", status);
  }
}
