package io.kcp.upstream.testkit.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Between objects as stored and as a client of one version sees them. */
final class Conversion {
  /** Where kcp says which logical cluster an object is of. */
  static final String CLUSTER = "kcp.io/cluster";

  private Conversion() {}

  /** What a client of {@code version} sees of a stored object, in any form of answer. */
  static Map<String, Object> view(boolean kcp, Resource resource, Version version, Stored stored) {
    Map<String, Object> object = inVersion(resource, version, stored.tree());
    return kcp
        ? Tree.with(object, stored.key().cluster(), "metadata", "annotations", CLUSTER)
        : object;
  }

  /** The stored tree in a version, without what kcp adds for clients. */
  static Map<String, Object> inVersion(
      Resource resource, Version version, Map<String, Object> tree) {
    String apiVersion = resource.apiVersion(version);
    Map<String, Object> object =
        AutoscalerConversion.fromStored(
            resource.id(), apiVersion, EventConversion.fromStored(resource.id(), tree));
    return Tree.with(object, apiVersion, "apiVersion");
  }

  static Map<String, Object> toStored(Resource resource, Map<String, Object> object) {
    Map<String, Object> stored =
        AutoscalerConversion.toStored(
            resource.id(), EventConversion.toStored(resource.id(), withoutCluster(object)));
    String apiVersion =
        EventConversion.shelf(resource.id()).equals(resource.id())
            ? resource.apiVersion(resource.storage())
            : "v1";
    return Tree.with(stored, apiVersion, "apiVersion");
  }

  /** Drops the annotation that kcp adds on reads. */
  static Map<String, Object> withoutCluster(Map<String, Object> object) {
    Map<String, Object> annotations = Tree.map(object, "metadata", "annotations");
    if (!annotations.containsKey(CLUSTER)) {
      return object;
    }
    Map<String, Object> rest = new LinkedHashMap<>(annotations);
    rest.remove(CLUSTER);
    return rest.isEmpty()
        ? Tree.without(object, "metadata", "annotations")
        : Tree.with(object, rest, "metadata", "annotations");
  }
}
