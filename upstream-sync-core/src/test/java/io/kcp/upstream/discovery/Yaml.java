package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Map;
import java.util.Set;

/** Objects of tests, written in YAML. */
final class Yaml {
  private static final Set<String> STRATEGIES =
      Set.of("client-side-wins", "server-side-wins", "three-way-merge", "acme.example.com/highest");
  private static final Set<String> TRANSFORMERS = Set.of("acme.example.com/public-images");

  private Yaml() {}

  static ObjectTree tree(String yaml) {
    Map<String, Object> map = new org.yaml.snakeyaml.Yaml().load(yaml);
    return ObjectTree.of(map);
  }

  /** The selection of a SyncTarget whose {@code spec.upstreamSync} is {@code block}. */
  static Selection selection(String block) {
    return Selection.of(syncTarget(block), STRATEGIES, TRANSFORMERS);
  }

  static ObjectTree syncTarget(String block) {
    return ObjectTree.of(
        Map.of(
            "apiVersion",
            "workload.kcp.io/v1alpha1",
            "kind",
            "SyncTarget",
            "spec",
            Map.of("upstreamSync", tree(block))));
  }
}
