package io.kcp.upstream.transform;

import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Objects written as YAML. */
public final class Objects {
  private Objects() {}

  public static ObjectTree yaml(String text) {
    return all(text).get(0);
  }

  /** All documents of a stream; empty ones are left out. */
  public static List<ObjectTree> all(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(64 << 20);
    List<ObjectTree> objects = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(text)) {
      if (document instanceof Map<?, ?> map) {
        objects.add(tree(map));
      }
    }
    return objects;
  }

  @SuppressWarnings("unchecked")
  private static ObjectTree tree(Map<?, ?> map) {
    return ObjectTree.of((Map<String, ?>) map);
  }
}
