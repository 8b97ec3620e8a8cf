package io.kcp.upstream.discovery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of a SyncTarget that say how objects are handled, not which. */
record Handling(
    boolean paused,
    @Nullable Instant pausedUntil,
    Optional<String> physicalClusterUid,
    NamespaceMappingSpec namespaceMapping,
    boolean createsNamespaces,
    boolean importsSchemas,
    AdoptionPolicy adoptionPolicy,
    List<TransformerRef> transformers,
    ConflictPolicy conflict,
    DeletionPolicy deletion) {

  Handling {
    transformers = List.copyOf(transformers);
  }
}
