package io.kcp.upstream.testkit.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as the API server reads it: JSON with other marks, in which a date is a string. */
final class YamlText {
  private YamlText() {}

  /** Reads what JSON can't be told from YAML by: the scalars of YAML 1.1, dates left out. */
  private static final class JsonTypes extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, @Nullable String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }

  static @Nullable Object parse(byte[] yaml) throws IOException {
    if (yaml.length > 0 && yaml[0] == '{') {
      try {
        return Json.parse(yaml); // which clients send mostly, and is read much faster
      } catch (IOException e) {
        return parseYaml(yaml); // in flow style, or wrong: then it says how
      }
    }
    return parseYaml(yaml);
  }

  private static @Nullable Object parseYaml(byte[] yaml) throws IOException {
    LoaderOptions options = new LoaderOptions();
    DumperOptions dumper = new DumperOptions();
    Yaml reader =
        new Yaml(
            new SafeConstructor(options),
            new Representer(dumper),
            dumper,
            options,
            new JsonTypes());
    try {
      Object value =
          reader.load(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString());
      return value == null ? null : toJson(value);
    } catch (CharacterCodingException e) {
      throw new IOException("error converting YAML to JSON: yaml: invalid UTF-8", e);
    } catch (YAMLException e) {
      throw new IOException("error converting YAML to JSON: " + e.getMessage(), e);
    }
  }

  /** Keys that stand twice in one map, each with its line, in the words of the server. */
  static List<String> doubled(byte[] yaml) {
    List<String> found = new ArrayList<>();
    try {
      Node root =
          new Yaml(new LoaderOptions())
              .compose(new StringReader(new String(yaml, StandardCharsets.UTF_8)));
      collectDoubled(root, found);
    } catch (YAMLException e) {
      return List.of(); // no YAML: it was refused before
    }
    return found;
  }

  private static void collectDoubled(@Nullable Node node, List<String> found) {
    if (node instanceof MappingNode map) {
      Set<String> keys = new HashSet<>();
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
          int line = key.getStartMark().getLine() + 1;
          found.add("line %d: key \"%s\" already set in map".formatted(line, key.getValue()));
        }
        collectDoubled(entry.getValueNode(), found);
      }
    } else if (node instanceof SequenceNode list) {
      list.getValue().forEach(item -> collectDoubled(item, found));
    }
  }

  static byte[] bytes(Object tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(options).dump(tree).getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable Object toJson(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, item) -> copy.put(String.valueOf(key), toJson(item)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(toJson(item)));
      return copy;
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
