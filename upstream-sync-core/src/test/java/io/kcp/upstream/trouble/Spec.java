package io.kcp.upstream.trouble;

import io.kcp.upstream.spi.ObjectTree;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a SyncTarget selects, as text for the server and as a rule for the model.
 *
 * @param without a namespace's letter that is left out; "" for none
 * @param onlyExposed whether the label {@code expose} counts
 */
record Spec(Set<Kind> kinds, String without, boolean onlyExposed) {
  static Spec random(Random random, Set<Kind> of) {
    EnumSet<Kind> kinds = EnumSet.copyOf(of);
    if (random.nextInt(3) == 0) {
      kinds.removeIf(kind -> kinds.size() > 1 && random.nextInt(4) == 0);
    }
    return new Spec(kinds, random.nextInt(3) == 0 ? "c" : "", random.nextInt(4) != 0);
  }

  boolean selects(World world, Place key, ObjectTree physical) {
    String namespace = key.kind() == Kind.NAMESPACE ? key.name() : key.namespace();
    return kinds.contains(key.kind())
        && (without.isEmpty() || !namespace.equals(world.namespace(without)))
        && world.id().equals(physical.labels().get("story"))
        && (!onlyExposed || !"no".equals(physical.labels().get("expose")));
  }

  String yaml(World world) {
    String resources =
        kinds.stream()
            .map(Kind::groupResource)
            .map(type -> "{group: \"%s\", resource: %s}".formatted(type.group(), type.resource()))
            .collect(Collectors.joining(", "));
    String expressions =
        onlyExposed ? "matchExpressions: [{key: expose, operator: NotIn, values: [\"no\"]}]" : "";
    return """
        apiVersion: workload.kcp.io/v1alpha1
        kind: SyncTarget
        metadata: {name: %s}
        spec:
          upstreamSync:
            resources: [%s]
            namespaces: {include: ["%s-*"], exclude: [%s]}
            objectSelector:
              matchLabels: {story: %s}
              %s
            conflict: {strategy: client-side-wins}
            deletion: {budget: {maxCount: 1000, maxPercent: 40, windowSeconds: 20}}
        """
        .formatted(
            world.syncTarget(),
            resources,
            world.id(),
            without.isEmpty() ? "" : "\"" + world.namespace(without) + "\"",
            world.id(),
            expressions);
  }
}
