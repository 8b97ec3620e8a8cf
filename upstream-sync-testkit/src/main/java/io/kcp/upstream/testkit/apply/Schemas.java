package io.kcp.upstream.testkit.apply;

import java.util.Map;

/** Finds or makes the {@link Schema} of a kind. */
public final class Schemas {
  private Schemas() {}

  /**
   * The schema of a kind that a Kubernetes API server has built in; of a kind it has not, a schema
   * deduced from each value: maps merge, lists are atomic, everything is allowed.
   *
   * @param group "" for the core group
   */
  public static Schema builtIn(String group, String version, String kind) {
    return TypeTable.BUILT_IN.kind(group + "/" + version + " " + kind);
  }

  /** What keeps an object from being of the schema's types, "" when nothing does. */
  public static String problem(Schema schema, Map<String, Object> object) {
    return TypeCheck.problem(((KindSchema) schema).root(), object, true);
  }

  /**
   * The schema of one version of a CRD.
   *
   * @param openApiV3Schema {@code versions[].schema.openAPIV3Schema}
   * @param preserveUnknown {@code spec.preserveUnknownFields}
   * @param hasStatus whether the version has the status subresource
   */
  public static Schema ofCrd(
      Map<String, Object> openApiV3Schema, boolean preserveUnknown, boolean hasStatus) {
    return new KindSchema(CrdTypes.root(openApiV3Schema, preserveUnknown), hasStatus, true, false);
  }
}
