package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TableColumn.AGE;
import static io.kcp.upstream.testkit.server.TableColumn.NAME;
import static io.kcp.upstream.testkit.server.TableColumn.field;
import static io.kcp.upstream.testkit.server.TableColumn.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The columns of built-in resources; those seldom looked at have name and age alone. */
final class BuiltInColumns {
  static final String NONE = "<none>";

  private static final TableColumn CREATED =
      field("Created At", "metadata", "creationTimestamp").typed("date");

  private BuiltInColumns() {}

  static List<TableColumn> of(ResourceName resource) {
    List<TableColumn> workload = WorkloadColumns.of(resource);
    if (!workload.isEmpty()) {
      return workload;
    }
    return switch (resource.name()) {
      case "namespaces" -> List.of(NAME, field("Status", "status", "phase"), AGE);
      case "configmaps" ->
          List.of(NAME, text("Data", (o, now) -> size(o, "data") + size(o, "binaryData")), AGE);
      case "secrets" ->
          List.of(NAME, field("Type", "type"), text("Data", (o, now) -> size(o, "data")), AGE);
      case "services" -> services();
      case "persistentvolumeclaims" -> claims();
      case "nodes" -> nodes();
      case "events" -> events();
      case "leases" -> List.of(NAME, field("Holder", "spec", "holderIdentity"), AGE);
      case "ingresses" -> ingresses();
      case "storageclasses" ->
          List.of(
              NAME,
              field("Provisioner", "provisioner"),
              field("ReclaimPolicy", "reclaimPolicy"),
              field("VolumeBindingMode", "volumeBindingMode"),
              text("AllowVolumeExpansion", (o, now) -> Tree.isTrue(o, "allowVolumeExpansion")),
              AGE);
      case "rolebindings", "clusterrolebindings" ->
          List.of(
              NAME,
              text(
                  "Role",
                  (o, now) ->
                      Tree.string(o, "roleRef", "kind") + "/" + Tree.string(o, "roleRef", "name")),
              AGE);
      case "roles",
          "clusterroles",
          "customresourcedefinitions",
          "limitranges",
          "csistoragecapacities" ->
          List.of(NAME, CREATED);
      case "mutatingwebhookconfigurations", "validatingwebhookconfigurations" ->
          List.of(
              NAME,
              text("Webhooks", (o, now) -> (long) Tree.list(o, "webhooks").size()).typed("integer"),
              AGE);
      default -> List.of(NAME, AGE);
    };
  }

  private static long size(Map<String, Object> object, String field) {
    return Tree.map(object, field).size();
  }

  private static List<TableColumn> services() {
    return List.of(
        NAME,
        field("Type", "spec", "type"),
        text("Cluster-IP", (o, now) -> orNone(Tree.string(o, "spec", "clusterIP"))),
        text("External-IP", (o, now) -> externalAddress(o)),
        text("Port(s)", (o, now) -> ports(o)),
        AGE,
        text("Selector", (o, now) -> orNone(labels(Tree.map(o, "spec", "selector")))).wide());
  }

  private static String externalAddress(Map<String, Object> service) {
    if (Tree.string(service, "spec", "type").equals("ExternalName")) {
      return Tree.string(service, "spec", "externalName");
    }
    String addresses =
        Tree.maps(service, "status", "loadBalancer", "ingress").stream()
            .map(entry -> Tree.string(entry, Tree.has(entry, "ip") ? "ip" : "hostname"))
            .collect(Collectors.joining(","));
    boolean balanced = Tree.string(service, "spec", "type").equals("LoadBalancer");
    return addresses.isEmpty() && balanced ? "<pending>" : orNone(addresses);
  }

  private static String ports(Map<String, Object> service) {
    return orNone(
        Tree.maps(service, "spec", "ports").stream()
            .map(
                port ->
                    port.get("port")
                        + (Tree.has(port, "nodePort") ? ":" + port.get("nodePort") : "")
                        + "/"
                        + Tree.string(port, "protocol"))
            .collect(Collectors.joining(",")));
  }

  private static List<TableColumn> claims() {
    return List.of(
        NAME,
        text(
            "Status",
            (o, now) -> Meta.isDeleting(o) ? "Terminating" : Tree.string(o, "status", "phase")),
        field("Volume", "spec", "volumeName"),
        field("Capacity", "status", "capacity", "storage"),
        text("Access Modes", (o, now) -> accessModes(o)),
        field("StorageClass", "spec", "storageClassName"),
        text(
            "VolumeAttributesClass",
            (o, now) -> {
              String name = Tree.string(o, "spec", "volumeAttributesClassName");
              return name.isEmpty() ? "<unset>" : name;
            }),
        AGE,
        field("VolumeMode", "spec", "volumeMode").wide());
  }

  private static String accessModes(Map<String, Object> claim) {
    return Tree.strings(claim, "status", "accessModes").stream()
        .map(mode -> mode.replaceAll("[a-z]", ""))
        .collect(Collectors.joining(","));
  }

  private static List<TableColumn> nodes() {
    return List.of(
        NAME,
        text(
            "Status",
            (o, now) ->
                Tree.maps(o, "status", "conditions").stream()
                    .filter(condition -> Tree.string(condition, "type").equals("Ready"))
                    .map(c -> Tree.string(c, "status").equals("True") ? "Ready" : "NotReady")
                    .findAny()
                    .orElse("Unknown")),
        AGE,
        field("Version", "status", "nodeInfo", "kubeletVersion"));
  }

  private static List<TableColumn> events() {
    return List.of(
        text(
            "Last Seen",
            (o, now) -> {
              String last = Tree.string(o, "lastTimestamp");
              return TableColumn.age(last.isEmpty() ? Tree.string(o, "eventTime") : last, now);
            }),
        field("Type", "type"),
        field("Reason", "reason"),
        text(
            "Object",
            (o, now) ->
                Tree.string(o, "involvedObject", "kind").toLowerCase(java.util.Locale.ROOT)
                    + "/"
                    + Tree.string(o, "involvedObject", "name")),
        text(
            "Message",
            (o, now) -> Tree.string(o, Tree.has(o, "message") ? "message" : "note").strip()),
        field("Name", "metadata", "name").wide());
  }

  private static List<TableColumn> ingresses() {
    return List.of(
        NAME,
        text("Class", (o, now) -> orNone(Tree.string(o, "spec", "ingressClassName"))),
        text(
            "Hosts",
            (o, now) -> {
              String hosts =
                  Tree.maps(o, "spec", "rules").stream()
                      .map(rule -> Tree.string(rule, "host"))
                      .filter(host -> !host.isEmpty())
                      .collect(Collectors.joining(","));
              return hosts.isEmpty() ? "*" : hosts;
            }),
        text(
            "Address",
            (o, now) ->
                Tree.maps(o, "status", "loadBalancer", "ingress").stream()
                    .map(entry -> Tree.string(entry, Tree.has(entry, "ip") ? "ip" : "hostname"))
                    .collect(Collectors.joining(","))),
        text("Ports", (o, now) -> Tree.list(o, "spec", "tls").isEmpty() ? "80" : "80, 443"),
        AGE);
  }

  static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  static String labels(Map<String, Object> labels) {
    return new java.util.TreeMap<>(labels)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(","));
  }
}
