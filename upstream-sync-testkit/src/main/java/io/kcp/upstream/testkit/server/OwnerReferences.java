package io.kcp.upstream.testkit.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Owners that are named twice. */
final class OwnerReferences {
  private static final String WARNING =
      ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in"
          + " 1.20+, and may reject such requests as early as 1.24; please fix your requests;"
          + " duplicate UID(s) observed: ";

  private OwnerReferences() {}

  /** The object with each owner once; a warning tells of those that were there more often. */
  static Map<String, Object> withoutDoubles(Call call, Map<String, Object> object) {
    List<Map<String, Object>> owners = Tree.maps(object, "metadata", "ownerReferences");
    Set<Map<String, Object>> once = new LinkedHashSet<>(owners);
    if (once.size() == owners.size()) {
      return object;
    }
    Set<Map<String, Object>> seen = new LinkedHashSet<>();
    String doubles =
        owners.stream()
            .filter(owner -> !seen.add(owner))
            .map(owner -> Tree.string(owner, "uid"))
            .distinct()
            .collect(Collectors.joining(", "));
    call.warnings().add(WARNING + doubles);
    return Tree.with(object, List.copyOf(once), "metadata", "ownerReferences");
  }
}
