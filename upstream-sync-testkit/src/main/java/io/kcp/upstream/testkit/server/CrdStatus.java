package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The status of CRDs. */
final class CrdStatus {
  private CrdStatus() {}

  /** Fills in what a client may leave out of the names, and the conversion. */
  static Map<String, Object> defaulted(Map<String, Object> crd) {
    String kind = Tree.string(crd, "spec", "names", "kind");
    Map<String, Object> result = crd;
    if (kind.isEmpty()) {
      return result;
    }
    if (Tree.string(crd, "spec", "names", "singular").isEmpty()) {
      result = Tree.with(result, kind.toLowerCase(Locale.ROOT), "spec", "names", "singular");
    }
    if (Tree.string(crd, "spec", "names", "listKind").isEmpty()) {
      result = Tree.with(result, kind + "List", "spec", "names", "listKind");
    }
    return Tree.has(crd, "spec", "conversion")
        ? result
        : Tree.with(result, Map.of("strategy", "None"), "spec", "conversion");
  }

  /** A CRD as stored first: nothing accepted yet. */
  static Map<String, Object> ofNew(Map<String, Object> crd) {
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("acceptedNames", Map.of("kind", "", "plural", ""));
    status.put("storedVersions", List.of(storageVersion(crd)));
    return Tree.with(crd, status, "status");
  }

  /** A CRD whose names are accepted and that is served. */
  static Map<String, Object> established(Map<String, Object> crd, String now) {
    Map<String, Object> accepted =
        Tree.with(crd, Tree.map(crd, "spec", "names"), "status", "acceptedNames");
    Map<String, Object> named =
        condition(accepted, now, "NamesAccepted", "True", "NoConflicts", "no conflicts found");
    Map<String, Object> served =
        condition(
            named,
            now,
            "Established",
            "True",
            "InitialNamesAccepted",
            "the initial names have been accepted");
    List<String> stored = new ArrayList<>(Tree.strings(crd, "status", "storedVersions"));
    if (!stored.contains(storageVersion(crd))) {
      stored.add(storageVersion(crd));
    }
    return Tree.with(served, stored, "status", "storedVersions");
  }

  /** A CRD whose names are those of another resource: it is not served. */
  static Map<String, Object> refused(Map<String, Object> crd, String now, String why) {
    Map<String, Object> refused =
        condition(crd, now, "NamesAccepted", "False", "PluralConflict", why);
    return condition(
        refused, now, "Established", "False", "NotAccepted", "not all names are accepted");
  }

  /** A CRD that is being deleted, its objects first. */
  static Map<String, Object> terminating(Map<String, Object> crd, String now) {
    return condition(
        crd,
        now,
        "Terminating",
        "True",
        "InstanceDeletionPending",
        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
  }

  private static String storageVersion(Map<String, Object> crd) {
    return Tree.maps(crd, "spec", "versions").stream()
        .filter(version -> Tree.isTrue(version, "storage"))
        .map(version -> Tree.string(version, "name"))
        .findFirst()
        .orElse("");
  }

  private static Map<String, Object> condition(
      Map<String, Object> crd, String now, String type, String status, String reason, String text) {
    List<Map<String, Object>> conditions = new ArrayList<>();
    boolean found = false;
    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("type", type);
    wanted.put("status", status);
    wanted.put("lastTransitionTime", now);
    wanted.put("reason", reason);
    wanted.put("message", text);
    for (Map<String, Object> condition : Tree.maps(crd, "status", "conditions")) {
      boolean same = Tree.string(condition, "type").equals(type);
      boolean settled = same && Tree.string(condition, "status").equals(status);
      found |= same;
      conditions.add(!same || settled ? condition : wanted);
    }
    if (!found) {
      conditions.add(wanted);
    }
    return Tree.with(crd, conditions, "status", "conditions");
  }
}
