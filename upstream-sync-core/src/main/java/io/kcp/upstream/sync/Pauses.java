package io.kcp.upstream.sync;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Side;
import java.util.Optional;

/** What stays as it is for now, because a person says so of more than one object at once. */
final class Pauses {
  private static final GroupResource NAMESPACES = GroupResource.parse("namespaces");

  private final SyncScope scope;

  Pauses(SyncScope scope) {
    this.scope = scope;
  }

  /** Why the pair is paused; empty when it is not. */
  Optional<Finding> of(Item item) {
    return of(item.key()).or(() -> in(Side.UPSTREAM, item.upstream().namespace()));
  }

  /** The same, as far as the physical key tells. */
  Optional<Finding> of(WorkKey key) {
    return scope.selection().paused(key.resource(), scope.clock().instant())
        ? Optional.of(Finding.paused("Paused", "the SyncTarget says so"))
        : in(Side.PHYSICAL, key.resource().equals(NAMESPACES) ? key.name() : key.namespace());
  }

  Optional<Finding> in(Side side, String namespace) {
    String where = side == Side.PHYSICAL ? "physical" : "upstream";
    return scope.namespaceLabels().isFrozen(side, namespace)
        ? Optional.of(
            Finding.paused(
                "NamespaceDisabled",
                "an annotation on the %s namespace %s says that all in it stays as it is"
                    .formatted(where, namespace)))
        : Optional.empty();
  }
}
