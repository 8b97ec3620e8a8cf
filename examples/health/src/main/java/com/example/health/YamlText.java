package com.example.health;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML documents as maps, lists and scalars, with times left as text, as API servers have them. */
final class YamlText {
  private YamlText() {}

  private static final class TimesAreText extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }

  static List<Object> documents(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE); // a whole cluster's objects are many
    DumperOptions dumping = new DumperOptions();
    Yaml yaml =
        new Yaml(
            new SafeConstructor(options),
            new Representer(dumping),
            dumping,
            options,
            new TimesAreText());
    List<Object> documents = new ArrayList<>();
    yaml.loadAll(text).forEach(documents::add);
    return documents;
  }

  /** The number of the document that has the line; both count from 1. */
  static int documentAt(String text, int line) {
    List<String> before = text.lines().limit(line).toList();
    int marks = (int) before.stream().filter(one -> one.startsWith("---")).count();
    boolean textFirst =
        !before.isEmpty()
            && before.stream()
                .filter(one -> !one.isBlank() && !one.startsWith("#"))
                .findFirst()
                .filter(one -> !one.startsWith("---"))
                .isPresent();
    return Math.max(1, textFirst ? marks + 1 : marks);
  }
}
