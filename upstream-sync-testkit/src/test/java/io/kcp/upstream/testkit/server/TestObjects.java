package io.kcp.upstream.testkit.server;

/** Objects that tests write, as JSON. */
final class TestObjects {
  static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  static final String WIDGETS = "/apis/ex.io/v1/namespaces/default/widgets";
  static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private TestObjects() {}

  static String configMap(String name, String value) {
    return """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"},
         "data": {"key": "%s"}}
        """
        .formatted(name, value);
  }

  static String labelled(String name, String label) {
    return """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "%s", "labels": {"tier": "%s"}}}
        """
        .formatted(name, label);
  }

  static String namespace(String name) {
    return "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"%s\"}}"
        .formatted(name);
  }

  static String deployment(String name) {
    return """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%s"},
         "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "a"}},
           "template": {"metadata": {"labels": {"app": "a"}},
             "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
        """
        .formatted(name);
  }

  static String widget(String name, int size) {
    return """
        {"apiVersion": "ex.io/v1", "kind": "Widget", "metadata": {"name": "%s"},
         "spec": {"size": %d}}
        """
        .formatted(name, size);
  }

  static String widgetCrd() {
    return crd("widgets.ex.io", "ex.io", "widgets", "Widget");
  }

  static String crd(String name, String group, String plural, String kind) {
    return """
        {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
         "metadata": {"name": "%s"},
         "spec": {"group": "%s", "scope": "Namespaced",
           "names": {"plural": "%s", "kind": "%s"},
           "versions": [{"name": "v1", "served": true, "storage": true,
             "subresources": {"status": {}},
             "additionalPrinterColumns":
               [{"name": "Size", "type": "integer", "jsonPath": ".spec.size"}],
             "schema": {"openAPIV3Schema": {"type": "object", "properties": {
               "spec": {"type": "object", "properties": {
                 "size": {"type": "integer", "minimum": 1},
                 "color": {"type": "string", "default": "red"}}},
               "status": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}}}]}}
        """
        .formatted(name, group, plural, kind);
  }
}
