package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The structural schema of one version of a CRD: prunes, defaults and validates its objects. */
public final class CrdSchema {
  private CrdSchema() {}

  /**
   * Reads a schema.
   *
   * @param openApiV3Schema {@code versions[].schema.openAPIV3Schema}
   * @param preserveUnknown {@code spec.preserveUnknownFields}
   */
  public static CrdSchema of(Map<String, Object> openApiV3Schema, boolean preserveUnknown) {
    return Stub.value();
  }

  /** Drops what the schema does not know. */
  public Pruned prune(Map<String, Object> object) {
    return Stub.value();
  }

  /** Fills in the schema's defaults, and drops nulls where a default stands in for them. */
  public Map<String, Object> applyDefaults(Map<String, Object> object) {
    return Stub.value();
  }

  /**
   * Returns what is wrong with {@code updated}, in the server's words; nothing for what was as
   * wrong in {@code old}.
   */
  public List<FieldError> validate(@Nullable Map<String, Object> old, Map<String, Object> updated) {
    return Stub.value();
  }
}
