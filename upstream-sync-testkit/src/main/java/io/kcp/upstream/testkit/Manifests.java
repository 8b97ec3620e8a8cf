package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Kubernetes objects in YAML. */
final class Manifests {
  private Manifests() {}

  /** A date stays the text that it is in JSON. */
  private static final class WithoutDates extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern regexp, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, regexp, first, limit);
      }
    }
  }

  /**
   * The objects of all documents, empty ones left out and {@code List}s taken apart.
   *
   * @throws IllegalArgumentException when it is no YAML, or not of objects
   */
  static List<ObjectTree> objects(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE);
    DumperOptions dumper = new DumperOptions();
    Yaml reader =
        new Yaml(
            new SafeConstructor(options),
            new Representer(dumper),
            dumper,
            options,
            new WithoutDates());
    List<ObjectTree> objects = new ArrayList<>();
    try {
      reader.loadAll(yaml).forEach(document -> add(document, objects));
    } catch (org.yaml.snakeyaml.error.YAMLException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
    return objects;
  }

  private static void add(@Nullable Object document, List<ObjectTree> objects) {
    if (document == null) {
      return;
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("a YAML document is no object but " + document.getClass());
    }
    ObjectTree object = ObjectTree.of(withTextKeys(map));
    if (object.kind().endsWith("List") && object.asMap().containsKey("items")) {
      objects.addAll(object.items("items"));
    } else {
      objects.add(object);
    }
  }

  private static Map<String, Object> withTextKeys(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value != null) {
            copy.put(String.valueOf(key), withTextKeys(value));
          }
        });
    return copy;
  }

  private static Object withTextKeys(Object value) {
    if (value instanceof Map<?, ?> map) {
      return withTextKeys(map);
    }
    return value instanceof List<?> list
        ? list.stream().map(item -> withTextKeys((Object) item)).toList()
        : value;
  }
}
