package io.kcp.upstream.status;

import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.sync.WorkKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which resource the objects of a kind are of: references name kinds. */
record WorkloadTypes(Map<Kind, GroupResource> resources) {
  static final WorkloadTypes NONE = new WorkloadTypes(Map.of());

  record Kind(String group, String kind) {}

  static WorkloadTypes of(Collection<SyncedType> types) {
    Map<Kind, GroupResource> resources = new HashMap<>();
    for (SyncedType type : types) {
      resources.put(new Kind(type.resource().group(), type.physical().kind()), type.resource());
    }
    return new WorkloadTypes(Map.copyOf(resources));
  }

  /** Empty for one whose type is not synced. */
  Optional<WorkKey> key(PodBoard.Workload workload) {
    return Optional.ofNullable(resources.get(new Kind(workload.group(), workload.kind())))
        .map(resource -> new WorkKey(resource, workload.namespace(), workload.name()));
  }
}
