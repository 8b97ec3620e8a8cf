package io.kcp.upstream.mirror;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a mirror asks for.
 *
 * @param labelSelector "" for every object
 * @param fieldSelector "" for every object
 * @param managedFields whether {@code metadata.managedFields} are kept in an entry's content
 * @param holdsRewind whether a list whose resourceVersion is below one seen before is refused,
 *     until {@link Mirror#acceptRewind}: a cluster restored from a backup
 */
public record MirrorQuery(
    String labelSelector, String fieldSelector, boolean managedFields, boolean holdsRewind) {

  /** Every object of a physical cluster, less its managedFields, versions never running back. */
  public static MirrorQuery physical() {
    return new MirrorQuery("", "", false, true);
  }

  /** Upstream objects with this label, managedFields included. */
  public static MirrorQuery upstream(String labelSelector) {
    return new MirrorQuery(labelSelector, "", true, false);
  }

  /** The one cluster-scoped object of this name, or those of all namespaces. */
  public static MirrorQuery single(String name) {
    return new MirrorQuery("", "metadata.name=" + name, true, false);
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (!labelSelector.isEmpty()) {
      parameters.put("labelSelector", labelSelector);
    }
    if (!fieldSelector.isEmpty()) {
      parameters.put("fieldSelector", fieldSelector);
    }
    return parameters;
  }
}
