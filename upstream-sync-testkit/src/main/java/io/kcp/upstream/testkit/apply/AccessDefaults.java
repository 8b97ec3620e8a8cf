package io.kcp.upstream.testkit.apply;

import java.util.Locale;
import java.util.Map;

/** The defaults of the kinds about access, admission and custom resources. */
final class AccessDefaults {
  private static final String RBAC = "rbac.authorization.k8s.io";

  private AccessDefaults() {}

  static void binding(Map<String, Object> binding) {
    Defaults.set(Defaults.make(binding, "roleRef"), "apiGroup", RBAC);
    Defaults.each(
        binding,
        "subjects",
        subject -> {
          if (!"ServiceAccount".equals(subject.get("kind"))) {
            Defaults.set(subject, "apiGroup", RBAC);
          }
        });
  }

  static void customResourceDefinition(Map<String, Object> definition) {
    Map<String, Object> spec = Defaults.make(definition, "spec");
    Map<String, Object> names = Defaults.make(spec, "names");
    String kind = Json.string(names, "kind");
    if (!kind.isEmpty()) {
      Defaults.set(names, "singular", kind.toLowerCase(Locale.ROOT));
      Defaults.set(names, "listKind", kind + "List");
    }
    Map<String, Object> conversion = Defaults.make(spec, "conversion");
    Defaults.set(conversion, "strategy", "None");
    Defaults.within(
        conversion,
        "webhook",
        webhook -> Defaults.within(webhook, "clientConfig", AccessDefaults::client));
  }

  private static void client(Map<String, Object> client) {
    Defaults.within(client, "service", service -> Defaults.set(service, "port", 443L));
  }

  static void mutatingWebhooks(Map<String, Object> configuration) {
    webhooks(configuration);
    Defaults.each(
        configuration, "webhooks", webhook -> Defaults.set(webhook, "reinvocationPolicy", "Never"));
  }

  static void webhooks(Map<String, Object> configuration) {
    Defaults.each(
        configuration,
        "webhooks",
        webhook -> {
          Defaults.set(webhook, "failurePolicy", "Fail");
          Defaults.set(webhook, "matchPolicy", "Equivalent");
          Defaults.set(webhook, "timeoutSeconds", 10L);
          Defaults.make(webhook, "namespaceSelector");
          Defaults.make(webhook, "objectSelector");
          Defaults.within(webhook, "clientConfig", AccessDefaults::client);
          Defaults.each(webhook, "rules", rule -> Defaults.set(rule, "scope", "*"));
        });
  }
}
