package io.kcp.upstream.testkit.contract;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every API server of ours has to do, real or not: the abstract classes of this package that
 * extend this one, one for each theme. A check's display name begins with the number of the item of
 * {@code items.txt} that it is about.
 */
@Timeout(30)
abstract class ApiServerContract {
  Caller server;

  /** The test's own namespace. */
  String ns;

  @BeforeEach
  final void open(Fixture fixture) {
    server = new Caller(fixture.server());
    ns = fixture.namespace();
  }

  final String core(String resource) {
    return "/api/v1/namespaces/" + ns + "/" + resource;
  }

  final String configMaps() {
    return core("configmaps");
  }

  final String deployments() {
    return "/apis/apps/v1/namespaces/" + ns + "/deployments";
  }

  /** Custom resources with status, scale, and a schema with all there is. */
  final String widgets() {
    return "/apis/ex.io/v1/namespaces/" + ns + "/widgets";
  }

  /** Custom resources without subresources. */
  final String gizmos() {
    return "/apis/ex.io/v1/namespaces/" + ns + "/gizmos";
  }

  static String configMap(String name) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {k: v}}".formatted(name);
  }

  static String labelled(String name, String labels) {
    return "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, labels: {%s}}}"
        .formatted(name, labels);
  }

  static String deployment(String name) {
    return """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: %s}, spec: {replicas: 2,
          selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}},
            spec: {containers: [{name: c, image: i}]}}}}
        """
        .formatted(name);
  }

  /**
   * @param spec the inside of the spec, as {@code size: 5}
   */
  static String widget(String name, String spec) {
    return "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: %s}, spec: {%s}}"
        .formatted(name, spec);
  }

  /** A value for a query. */
  static String q(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
