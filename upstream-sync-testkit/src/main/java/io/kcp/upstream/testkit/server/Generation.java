package io.kcp.upstream.testkit.server;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Decides when {@code metadata.generation} goes up. */
final class Generation {
  private Generation() {}

  /** Whether an update changes what the generation counts. */
  static boolean rises(Call call, Map<String, Object> live, Map<String, Object> updated) {
    if (!call.resource().is(Trait.GENERATION)) {
      return false;
    }
    Set<String> fields = new HashSet<>(live.keySet());
    fields.addAll(updated.keySet());
    fields.remove("metadata");
    fields.remove("apiVersion");
    if (call.version().has("status")) {
      fields.remove("status");
    }
    boolean annotated =
        call.resource().id().qualified().equals("deployments.apps")
            && !call.isStatus()
            && !Tree.map(live, "metadata", "annotations")
                .equals(Tree.map(updated, "metadata", "annotations"));
    boolean labelled =
        call.resource().id().qualified().equals("endpointslices.discovery.k8s.io")
            && !Meta.labels(live).equals(Meta.labels(updated));
    return annotated
        || labelled
        || fields.stream().anyMatch(field -> !Objects.equals(live.get(field), updated.get(field)));
  }
}
