package io.kcp.upstream.transform;

import io.kcp.upstream.spi.Transformer;
import java.util.List;
import java.util.Map;

/**
 * What a SyncTarget says about the form of its copies.
 *
 * @param workspace path and logical cluster, as the annotation {@link SyncKeys#WORKSPACE} has them
 * @param transformers in the order in which they act
 */
public record TransformSettings(
    String syncTarget,
    Map<String, String> syncTargetLabels,
    TargetKey targetKey,
    String workspace,
    NamespaceMapping namespaces,
    List<Step> transformers) {
  /** One transformer, and what the SyncTarget hands to it. */
  public record Step(Transformer transformer, Map<String, String> parameters) {
    public Step {
      parameters = Map.copyOf(parameters);
    }
  }

  public TransformSettings {
    syncTargetLabels = Map.copyOf(syncTargetLabels);
    transformers = List.copyOf(transformers);
  }
}
