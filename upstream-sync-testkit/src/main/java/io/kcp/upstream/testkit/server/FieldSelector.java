package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A parsed {@code fieldSelector}. */
record FieldSelector(List<Term> terms) {
  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "pods",
          Set.of(
              "spec.nodeName",
              "spec.restartPolicy",
              "spec.schedulerName",
              "spec.serviceAccountName",
              "spec.hostNetwork",
              "status.phase",
              "status.podIP",
              "status.nominatedNodeName"),
          "events",
          Set.of(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "source",
              "type"),
          "secrets",
          Set.of("type"),
          "namespaces",
          Set.of("status.phase"),
          "nodes",
          Set.of("spec.unschedulable"),
          "services",
          Set.of("spec.clusterIP", "spec.type"),
          "replicationcontrollers",
          Set.of("status.replicas"),
          "replicasets.apps",
          Set.of("status.replicas"),
          "jobs.batch",
          Set.of("status.successful"),
          "certificatesigningrequests.certificates.k8s.io",
          Set.of("spec.signerName"));

  /** One field and the value it must or must not have. */
  record Term(String field, String value, boolean equal) {
    boolean matches(Map<String, Object> object) {
      Object found = Tree.get(object, field.split("\\.", -1));
      String text = found == null ? "" : found.toString();
      if (text.isEmpty() && found == null && value.equals("false")) {
        text = "false";
      }
      return text.equals(value) == equal;
    }
  }

  boolean matches(Map<String, Object> object) {
    return terms.stream().allMatch(term -> term.matches(object));
  }

  /** The name that an object must have to match, "" when it may be any. */
  String name() {
    return terms.stream()
        .filter(term -> term.equal() && term.field().equals("metadata.name"))
        .map(Term::value)
        .findFirst()
        .orElse("");
  }

  static FieldSelector parse(String text, Resource resource, Version version) {
    List<Term> terms = new ArrayList<>();
    for (String part : text.split("(?<!\\\\),", -1)) {
      if (!part.isBlank() && !part.strip().equals("=")) {
        terms.add(term(part.strip(), text));
      }
    }
    for (Term term : terms) {
      checkKnown(term.field(), resource, version);
    }
    return new FieldSelector(List.copyOf(terms));
  }

  private static Term term(String part, String all) {
    int equals = part.indexOf('=');
    if (equals <= 0) {
      throw ApiException.badRequest(
          "invalid selector: '%s'; can't understand '%s'".formatted(all, part));
    }
    boolean not = part.charAt(equals - 1) == '!';
    boolean twice = part.startsWith("==", equals);
    String field = part.substring(0, not ? equals - 1 : equals);
    return new Term(field, unescaped(part.substring(twice ? equals + 2 : equals + 1)), !not);
  }

  private static String unescaped(String value) {
    StringBuilder text = new StringBuilder();
    boolean escapes = false;
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (escapes && "\\,=".indexOf(each) < 0) {
        throw bad("invalid escape sequence: \\" + each);
      }
      if (!escapes && each == '=') {
        throw bad("unescaped character in value: " + (int) each);
      }
      escapes = !escapes && each == '\\';
      if (!escapes) {
        text.append(each);
      }
    }
    if (escapes) {
      throw bad("invalid escape sequence: \\");
    }
    return text.toString();
  }

  private static ApiException bad(String why) {
    return ApiException.badRequest("invalid field selector: " + why);
  }

  private static void checkKnown(String field, Resource resource, Version version) {
    if (EVERYWHERE.contains(field)) {
      return;
    }
    Set<String> known = KNOWN.getOrDefault(resource.id().qualified(), Set.of());
    boolean selectable =
        Tree.maps(version.crd(), "selectableFields").stream()
            .anyMatch(entry -> Tree.string(entry, "jsonPath").equals("." + field));
    if (known.contains(field) || selectable) {
      return;
    }
    throw ApiException.badRequest(
        known.isEmpty() && !resource.is(Trait.CUSTOM)
            ? "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                .formatted(field)
            : "field label not supported: " + field);
  }
}
