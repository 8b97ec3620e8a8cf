package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/**
 * An entry of {@code metadata.ownerReferences}.
 *
 * @param blocks whether a deletion in the foreground of the owner waits for the dependent
 */
record OwnerReference(String apiVersion, String kind, String name, String uid, boolean blocks) {
  private static final String[] FIELD = {"metadata", "ownerReferences"};

  static List<OwnerReference> of(Map<String, Object> object) {
    return Tree.maps(object, FIELD).stream().map(OwnerReference::read).toList();
  }

  private static OwnerReference read(Map<String, Object> entry) {
    return new OwnerReference(
        Tree.string(entry, "apiVersion"),
        Tree.string(entry, "kind"),
        Tree.string(entry, "name"),
        Tree.string(entry, "uid"),
        Tree.isTrue(entry, "blockOwnerDeletion"));
  }

  /** The object with none of these owners. */
  static Map<String, Object> without(Map<String, Object> object, List<OwnerReference> owners) {
    List<String> uids = owners.stream().map(OwnerReference::uid).toList();
    List<Map<String, Object>> rest =
        Tree.maps(object, FIELD).stream()
            .filter(entry -> !uids.contains(Tree.string(entry, "uid")))
            .toList();
    return Tree.with(object, rest.isEmpty() ? null : rest, FIELD);
  }

  /** The object with no owner that waits for it. */
  static Map<String, Object> unblocked(Map<String, Object> object) {
    List<Map<String, Object>> entries =
        Tree.maps(object, FIELD).stream()
            .map(entry -> Tree.with(entry, false, "blockOwnerDeletion"))
            .toList();
    return Tree.with(object, entries, FIELD);
  }

  String group() {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }

  String version() {
    return apiVersion.substring(apiVersion.indexOf('/') + 1);
  }
}
