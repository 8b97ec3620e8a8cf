package io.kcp.upstream;

import java.util.Locale;

/** A CustomResourceDefinition of one version, v1, as YAML; any object fits its first schema. */
public record CrdText(String resource, String kind, String scope, boolean status, String schema) {
  private static final String ANYTHING =
      "{type: object, x-kubernetes-preserve-unknown-fields: true}";

  /**
   * Namespaced and without a status.
   *
   * @param resource plural and group, as {@code widgets.example.com}
   */
  public static CrdText of(String resource, String kind) {
    return new CrdText(resource, kind, "Namespaced", false, ANYTHING);
  }

  public CrdText clusterScoped() {
    return new CrdText(resource, kind, "Cluster", status, schema);
  }

  public CrdText withStatus() {
    return new CrdText(resource, kind, scope, true, schema);
  }

  /** The schema of a whole object, as YAML in block or flow style. */
  public CrdText schema(String yaml) {
    return new CrdText(resource, kind, scope, status, yaml);
  }

  public String yaml() {
    String plural = resource.substring(0, resource.indexOf('.'));
    return """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: %s}
        spec:
          group: %s
          scope: %s
          names: {plural: %s, singular: %s, kind: %s, listKind: %sList}
          versions:
          - name: v1
            served: true
            storage: true
            %s
            schema:
              openAPIV3Schema:
        """
            .formatted(
                resource,
                resource.substring(plural.length() + 1),
                scope,
                plural,
                kind.toLowerCase(Locale.ROOT),
                kind,
                kind,
                status ? "subresources: {status: {}}" : "")
        + schema.indent(8);
  }
}
