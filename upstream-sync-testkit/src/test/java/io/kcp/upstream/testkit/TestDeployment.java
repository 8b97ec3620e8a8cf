package io.kcp.upstream.testkit;

/** A Deployment {@code web} in the namespace {@code default}. */
final class TestDeployment {
  static final String OF_TWO =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: default}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: main, image: nginx}]}
      """;

  private TestDeployment() {}
}
