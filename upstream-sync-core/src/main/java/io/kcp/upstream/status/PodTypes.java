package io.kcp.upstream.status;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.GroupResource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The types of pods, of what has pods, and of what stands between the two. */
final class PodTypes {
  static final ResourceType PODS = type("", "v1", "pods", "Pod");
  private static final ResourceType REPLICA_SETS = type("apps", "v1", "replicasets", "ReplicaSet");
  private static final ResourceType JOBS = type("batch", "v1", "jobs", "Job");

  private static final Set<String> WITH_PODS =
      Set.of(
          "deployments.apps",
          "statefulsets.apps",
          "daemonsets.apps",
          "replicasets.apps",
          "replicationcontrollers",
          "jobs.batch",
          "cronjobs.batch");

  private PodTypes() {}

  private static ResourceType type(String group, String version, String resource, String kind) {
    return new ResourceType(
        new GroupResource(group, resource),
        version,
        kind,
        true,
        Set.of("list", "watch"),
        Set.of("status"));
  }

  /** Whether objects of the type are said to have pods: by their kind, or by a scale. */
  static boolean hasPods(ResourceType type) {
    return WITH_PODS.contains(type.resource().toString()) || type.subresources().contains("scale");
  }

  /** What is to be watched for the pods of these to be known; nothing where none has any. */
  static Set<ResourceType> needed(Collection<SyncedType> types) {
    Set<ResourceType> needed = new LinkedHashSet<>();
    for (SyncedType type : types) {
      if (hasPods(type.physical())) {
        needed.add(PODS);
        needed.add(type.resource().group().equals("batch") ? JOBS : REPLICA_SETS);
      }
    }
    return needed;
  }
}
