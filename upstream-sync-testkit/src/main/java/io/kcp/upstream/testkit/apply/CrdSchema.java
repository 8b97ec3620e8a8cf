package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structural schema of one version of a CRD: prunes, defaults and validates its objects.
 *
 * <p>Not modelled: {@code x-kubernetes-validations} rules that use more of CEL than fields,
 * literals, comparisons, {@code in}, {@code has}, {@code size}, {@code all}, {@code exists}, and
 * logic; such a rule is skipped, as if it held. {@code uniqueItems}, {@code dependencies} and the
 * rarer string formats are not checked either.
 */
public final class CrdSchema {
  private final Map<String, Object> schema;
  private final boolean preserveUnknown;

  private CrdSchema(Map<String, Object> schema, boolean preserveUnknown) {
    this.schema = schema;
    this.preserveUnknown = preserveUnknown;
  }

  /**
   * Reads a schema.
   *
   * @param openApiV3Schema {@code versions[].schema.openAPIV3Schema}
   * @param preserveUnknown {@code spec.preserveUnknownFields}
   */
  public static CrdSchema of(Map<String, Object> openApiV3Schema, boolean preserveUnknown) {
    return new CrdSchema(Json.copy(openApiV3Schema), preserveUnknown);
  }

  /** Drops what the schema does not know, metadata first, then sorted. */
  public Pruned prune(Map<String, Object> object) {
    return CrdPruning.prune(schema, object, preserveUnknown);
  }

  /**
   * Drops nulls where neither null is allowed nor a default stands in for it. The server does this
   * when it decodes a body or the result of a patch, but not to the result of an apply: there such
   * a null is invalid.
   */
  public Map<String, Object> dropNulls(Map<String, Object> object) {
    return preserveUnknown ? object : CrdDefaults.dropNulls(schema, object);
  }

  /**
   * Fills in the schema's defaults, also for nulls where null is not allowed, and drops nulls and
   * empty maps and lists from the metadata.
   */
  public Map<String, Object> applyDefaults(Map<String, Object> object) {
    return CrdDefaults.fill(schema, object);
  }

  /**
   * Returns what is wrong with {@code updated}, in the server's words; nothing for what was as
   * wrong in {@code old}.
   */
  public List<FieldError> validate(@Nullable Map<String, Object> old, Map<String, Object> updated) {
    return CrdValidation.validate(schema, old, updated);
  }
}
