package io.kcp.upstream.road;

import io.kcp.upstream.CrdText;

/** A small shop, as YAML. */
final class Manifests {
  private Manifests() {}

  static String namespace(String name) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata:
      name: %s
    """
        .formatted(name);
  }

  static String shop(String ns) {
    return namespace(ns)
        + """
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: web
          namespace: NS
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web-config
          namespace: NS
        data:
          currency: EUR
          features: search
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: internal
          namespace: NS
          labels:
            expose: "no"
        data:
          a: b
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: login
          namespace: NS
        stringData:
          password: very-secret
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: web
          namespace: NS
        spec:
          selector:
            app: web
          ports:
          - name: http
            port: 80
            targetPort: 8080
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: NS
        spec:
          replicas: 3
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
              - name: web
                image: registry.example.com/web:1
                ports:
                - containerPort: 8080
        """
            .replace("NS", ns);
  }

  static String configMap(String ns, String name, String data) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: %s
      namespace: %s
    data:
      %s
    """
        .formatted(name, ns, data);
  }

  /** A type can't be changed in place. */
  static String secret(String ns, String name, String type) {
    return """
    apiVersion: v1
    kind: Secret
    metadata:
      name: %s
      namespace: %s
    type: %s
    """
        .formatted(name, ns, type);
  }

  /** Less a key that {@link #shop} has. */
  static String configMapWithOneKey(String ns) {
    return configMap(ns, "web-config", "currency: EUR");
  }

  /** The server writes some of it otherwise, and repeats a value that it fills in by itself. */
  static String oddlyWrittenDeployment(String ns) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: odd
      namespace: NS
    spec:
      selector:
        matchLabels:
          app: odd
      template:
        metadata:
          labels:
            app: odd
        spec:
          containers:
          - name: odd
            image: registry.example.com/odd
            ports:
            - containerPort: 53
              protocol: UDP
            - containerPort: 53
            resources:
              limits:
                cpu: 1000m
                memory: 1024Mi
          volumes:
          - name: scratch
            emptyDir: {}
    """
        .replace("NS", ns);
  }

  static String widgets() {
    return CrdText.of("widgets.example.com", "Widget").yaml();
  }

  static String widget(String ns, String name) {
    return "{apiVersion: example.com/v1, kind: Widget, metadata: {name: %s, namespace: %s}, spec: {a: 1}}"
        .formatted(name, ns);
  }

  static String syncTarget(String name, String ns) {
    return target(
        name,
        ns,
        """
            - {group: apps, resource: deployments}
            - {resource: services}
            - {resource: configmaps}
            - {resource: secrets}
        """);
  }

  static String syncTargetForConfigMaps(String name, String ns) {
    return target(
        name,
        ns,
        """
            - {resource: configmaps}
        """);
  }

  private static String target(String name, String ns, String resources) {
    return """
    apiVersion: workload.kcp.io/v1alpha1
    kind: SyncTarget
    metadata:
      name: %s
    spec:
      upstreamSync:
        namespaces:
          include: ["%s"]
        objectSelector:
          matchExpressions:
          - {key: expose, operator: NotIn, values: ["no"]}
        resources:
    %s\
    """
        .formatted(name, ns, resources);
  }
}
