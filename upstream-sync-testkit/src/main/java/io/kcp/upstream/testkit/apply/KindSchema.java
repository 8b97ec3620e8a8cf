package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * @param root the type of the whole object
 * @param hasStatus whether the kind has a {@code /status} subresource: then the main endpoint does
 *     not own status
 * @param custom whether the kind is a custom resource: its {@code /status} owns nothing but status
 * @param statusKeepsLabels whether {@code /status} of a built-in kind does not write labels
 */
record KindSchema(Type root, boolean hasStatus, boolean custom, boolean statusKeepsLabels)
    implements Schema {
  private static final FieldPath STATUS = FieldPath.of("status");
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath METADATA = FieldPath.of("metadata");
  private static final FieldPath LABELS = METADATA.field("labels");

  /** What nobody owns: the identity of the object, and what the server itself keeps. */
  private static final FieldSet UNTRACKED =
      FieldSet.of(
          FieldPath.of("apiVersion"),
          FieldPath.of("kind"),
          METADATA,
          METADATA.field("name"),
          METADATA.field("namespace"),
          METADATA.field("creationTimestamp"),
          METADATA.field("selfLink"),
          METADATA.field("uid"),
          METADATA.field("clusterName"),
          METADATA.field("generation"),
          METADATA.field("managedFields"),
          METADATA.field("resourceVersion"));

  static KindSchema of(Schema schema) {
    return (KindSchema) schema;
  }

  static FieldSet tracked(FieldSet fields) {
    return fields.minus(UNTRACKED);
  }

  /** Whether a write through an endpoint can't change the field. */
  boolean isReset(FieldPath path, String subresource) {
    boolean inStatus = path.startsWith(STATUS);
    if (subresource.isEmpty()) {
      return hasStatus && inStatus;
    }
    if (!subresource.equals("status")) {
      return false;
    }
    return custom
        ? !inStatus
        : path.startsWith(SPEC) || (statusKeepsLabels && path.startsWith(LABELS));
  }

  /** What stands for the object before its creation: what the server's own struct always has. */
  Map<String, Object> emptyObject(Map<String, Object> like) {
    Map<String, Object> empty =
        custom || root.map() == null ? new TreeMap<>() : EmptyStructs.of(root.map());
    for (String name : new String[] {"apiVersion", "kind"}) {
      if (like.containsKey(name)) {
        Json.put(empty, name, like.get(name));
      }
    }
    return empty;
  }
}
