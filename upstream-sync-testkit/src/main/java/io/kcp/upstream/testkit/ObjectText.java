package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Objects as people read them in a failure's message. */
final class ObjectText {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private ObjectText() {}

  /** YAML, without managed fields, and without a Secret's values. */
  static String of(ObjectTree object) {
    ObjectTree shown = object.without("metadata.managedFields");
    if (isSecret(object)) {
      shown =
          shown
              .without("metadata.annotations[\"" + LAST_APPLIED + "\"]")
              .mapStrings("data", value -> "(not shown)")
              .mapStrings("stringData", value -> "(not shown)");
    }
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(options).dump(shown.asMap());
  }

  private static boolean isSecret(ObjectTree object) {
    return object.apiVersion().equals("v1") && object.kind().equals("Secret");
  }
}
