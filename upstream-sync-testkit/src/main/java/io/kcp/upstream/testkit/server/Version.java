package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.CrdSchema;
import io.kcp.upstream.testkit.apply.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a resource.
 *
 * @param crd what stands in the CRD about this version; empty for built-ins
 * @param crdSchema null for built-ins
 */
record Version(
    String name,
    boolean served,
    boolean storage,
    Schema schema,
    @Nullable CrdSchema crdSchema,
    List<String> verbs,
    List<Subresource> subresources,
    Map<String, Object> crd) {
  boolean has(String subresource) {
    return subresources.stream().anyMatch(candidate -> candidate.name().equals(subresource));
  }

  @Nullable Subresource subresource(String name) {
    return subresources.stream()
        .filter(candidate -> candidate.name().equals(name))
        .findAny()
        .orElse(null);
  }
}
