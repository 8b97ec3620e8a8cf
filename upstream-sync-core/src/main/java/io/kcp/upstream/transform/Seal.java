package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last step: what makes an object our copy, and what no transformer can undo. */
final class Seal {
  private static final String STATUS = "status";
  private static final String OWNERS = "metadata.ownerReferences";

  private final TransformSettings settings;

  Seal(TransformSettings settings) {
    this.settings = settings;
  }

  /**
   * @param physical the object as it came
   */
  record Source(ObjectTree physical, ObjectKey upstream, OwnerLookup owners) {}

  record Sealed(ObjectTree object, Optional<ObjectTree> status) {}

  Sealed seal(SyncedType type, ObjectTree changed, Source source) {
    ObjectTree object = Cleaning.ofMetadata().clean(changed);
    object = owners(object, source.owners());
    object = NamespaceReferences.map(object, type.resource(), settings.namespaces());
    object = object.with("metadata", metadata(object, source));
    boolean split = type.physical().hasStatus() && type.upstream().hasStatus();
    Optional<ObjectTree> status =
        split ? statusOf(object).map(type.schema()::prune) : Optional.empty();
    if (type.physical().hasStatus() || type.upstream().hasStatus()) {
      object = object.without(STATUS);
    }
    return new Sealed(type.schema().prune(object), status);
  }

  private static Optional<ObjectTree> statusOf(ObjectTree object) {
    return Optional.ofNullable(object.asMap().get(STATUS))
        .map(status -> ObjectTree.of(Map.of(STATUS, status)));
  }

  private Map<String, Object> metadata(ObjectTree object, Source source) {
    Map<String, Object> metadata =
        new LinkedHashMap<>(object.tree("metadata").map(ObjectTree::asMap).orElse(Map.of()));
    metadata.put("name", source.upstream().name());
    if (!source.upstream().namespace().isEmpty()) {
      metadata.put("namespace", source.upstream().namespace());
    }
    Map<String, Object> labels = new LinkedHashMap<>(object.labels());
    labels.put(settings.targetKey().label(), SyncKeys.STATE_UPSYNC);
    metadata.put("labels", labels);
    Map<String, Object> annotations = new LinkedHashMap<>(object.annotations());
    annotations.put(SyncKeys.WORKSPACE, settings.workspace());
    source
        .physical()
        .string("metadata.uid")
        .ifPresent(uid -> annotations.put(SyncKeys.PHYSICAL_UID, uid));
    source
        .physical()
        .string("metadata.resourceVersion")
        .ifPresent(version -> annotations.put(SyncKeys.PHYSICAL_VERSION, version));
    metadata.put("annotations", annotations);
    return metadata;
  }

  /**
   * A reference to an owner that is not upstream yet is left out: the workspace's garbage collector
   * deletes what refers to an unknown UID.
   */
  private static ObjectTree owners(ObjectTree object, OwnerLookup owners) {
    List<ObjectTree> references = object.items(OWNERS);
    if (references.isEmpty()) {
      return object.without(OWNERS);
    }
    List<ObjectTree> known = new ArrayList<>();
    for (ObjectTree reference : references) {
      reference
          .string("uid")
          .flatMap(owners::upstreamUid)
          .ifPresent(uid -> known.add(reference.with("uid", uid)));
    }
    return known.isEmpty() ? object.without(OWNERS) : object.with(OWNERS, known);
  }
}
