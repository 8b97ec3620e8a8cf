package io.kcp.upstream.testkit.apply;

import java.util.Map;

/** The patch types beside apply. No argument is changed; results may share parts with arguments. */
public final class Patches {
  private Patches() {}

  /**
   * RFC 6902.
   *
   * @param patch the parsed body: a list of operations
   * @throws PatchException when it is no list (400), has more than 10,000 operations (413), or an
   *     operation or test fails (422)
   */
  public static Map<String, Object> jsonPatch(Map<String, Object> object, Object patch) {
    return Stub.value();
  }

  /**
   * RFC 7386.
   *
   * @throws PatchException when {@code patch} is no object (400)
   */
  public static Map<String, Object> mergePatch(Map<String, Object> object, Object patch) {
    return Stub.value();
  }

  /**
   * Kubernetes' strategic merge: lists merge by the schema's patch keys, with {@code $patch},
   * {@code $retainKeys}, {@code $setElementOrder/x} and {@code $deleteFromPrimitiveList/x}.
   *
   * @param schema of a built-in kind
   * @throws PatchException when {@code patch} is no object (400) or breaks a rule (422 or 500)
   */
  public static Map<String, Object> strategicMerge(
      Map<String, Object> object, Object patch, Schema schema) {
    return Stub.value();
  }
}
