package io.kcp.upstream.testkit.apply;

import java.util.Map;

/** What the server fills in and rewrites when it decodes an object of a built-in kind. */
public final class BuiltInDefaults {
  private BuiltInDefaults() {}

  /**
   * Returns {@code object} with the server's defaults and in its normal form: quantities canonical,
   * nulls and empty optional maps and lists dropped, {@code stringData} merged into {@code data}.
   * The object itself is left as it is. What needs a look at other objects (cluster IPs, node
   * ports) is not done here. An object of a kind that the server has not built in comes back as it
   * is.
   */
  public static Map<String, Object> apply(String group, String kind, Map<String, Object> object) {
    String version = Json.string(object, "apiVersion");
    String name = (version.contains("/") ? version : "/" + version) + " " + kind;
    MapType root = TypeTable.BUILT_IN.kind(name).root().map();
    if (!TypeTable.BUILT_IN.knows(name) || root == null) {
      return object;
    }
    Map<String, Object> defaulted = NormalForm.of(root, object);
    KindDefaults.fill(group, kind, defaulted);
    return NormalForm.of(root, defaulted);
  }

  /**
   * Returns the object as it is once it was stored: required lists without items are null. Until
   * then they are empty lists, so that who wrote them owns them.
   */
  public static Map<String, Object> stored(Map<String, Object> object, Schema schema) {
    MapType root = KindSchema.of(schema).root().map();
    return root == null ? object : NormalForm.stored(root, object);
  }

  /**
   * Drops what the schema of a built-in kind does not know; an object of any other kind stays as it
   * is.
   */
  public static Pruned prune(Map<String, Object> object, Schema schema) {
    return TypePruning.prune(KindSchema.of(schema).root(), object, "");
  }
}
