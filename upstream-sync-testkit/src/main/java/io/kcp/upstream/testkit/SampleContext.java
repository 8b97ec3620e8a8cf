package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.spi.TransformContext;
import java.util.Locale;
import java.util.Map;

/** The context of a sample object, pulled up into the namespace of the same name. */
record SampleContext(ObjectKey physical, Map<String, String> parameters)
    implements TransformContext {
  static SampleContext of(ObjectTree object, Map<String, String> parameters) {
    String apiVersion = object.apiVersion();
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    GroupResource resource = new GroupResource(group, plural(object.kind()));
    return new SampleContext(
        new ObjectKey(Side.PHYSICAL, resource, object.namespace(), object.name()), parameters);
  }

  /** By the rule that nearly all kinds follow. */
  private static String plural(String kind) {
    String name = kind.toLowerCase(Locale.ROOT);
    if (name.endsWith("s") || name.endsWith("x") || name.endsWith("ch") || name.endsWith("sh")) {
      return name + "es";
    }
    return name.matches(".*[^aeiou]y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
  }

  @Override
  public ObjectKey upstream() {
    return new ObjectKey(Side.UPSTREAM, physical.resource(), physical.namespace(), physical.name());
  }

  @Override
  public String syncTarget() {
    return "edge-1";
  }

  @Override
  public Map<String, String> syncTargetLabels() {
    return Map.of("region", "north");
  }
}
