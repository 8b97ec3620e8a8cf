package io.kcp.upstream.status.health;

import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.PodRollup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The cases of the files beside this class. A file is a list of groups; a group has what is common
 * to its cases in {@code of} and {@code base}, and each case what it adds to that in {@code with}.
 * What is expected: {@code union: HEALTH rule [flag...]}, by our own rules; {@code kstatus}, {@code
 * gitops} and {@code karmada}, by those of that tool and in its words; {@code views}, what our
 * verdict is in the words of these three; {@code disputed}, a number, that not all agree.
 */
record HealthCases() {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** One object and what is said of it. */
  record Case(String name, ObjectTree object, Map<String, Object> fields) {
    Optional<String> expected(String profile) {
      return Optional.ofNullable(fields.get(profile)).map(Object::toString);
    }

    HealthSettings settings() {
      HealthSettings settings = HealthSettings.defaults();
      if (fields.get("option") instanceof String option) {
        settings = settings.with(HealthOption.valueOf(option));
      }
      if (fields.get("window") instanceof String window) {
        settings = settings.withTimes(Duration.parse(window), settings.nodeGrace(), null);
      }
      if (fields.get("not-ready-limit") instanceof String limit) {
        settings =
            settings.withTimes(
                settings.scheduleWindow(), settings.nodeGrace(), Duration.parse(limit));
      }
      if (fields.get("failing-reason") instanceof String reason) {
        settings =
            settings.withFailingReasons(
                new Look(object, context(), settings).type(), Set.of(reason));
      }
      return settings;
    }

    HealthContext context() {
      return new Context(NOW, pods());
    }

    private Optional<PodRollup> pods() {
      if (!(fields.get("pods") instanceof Map<?, ?> reasons)) {
        return Optional.empty();
      }
      Map<String, Integer> counts = new LinkedHashMap<>();
      reasons.forEach((reason, count) -> counts.put((String) reason, (Integer) count));
      return Optional.of(new PodRollup(5, 1, 0, Map.of(), counts));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private record Context(Instant now, Optional<PodRollup> pods) implements HealthContext {}

  static Stream<Case> all() {
    return Stream.of(
            "generic", "pods", "workloads", "batch", "network", "storage", "scaling", "api")
        .flatMap(file -> in(file + ".yaml"));
  }

  @SuppressWarnings("unchecked")
  private static Stream<Case> in(String file) {
    try (InputStream text = HealthCases.class.getResourceAsStream(file)) {
      List<Case> cases = new ArrayList<>();
      for (Object group : (List<Object>) yaml().load(text)) {
        addCases((Map<String, Object>) group, cases);
      }
      return cases.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Times stay text. */
  private static Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    DumperOptions dumping = new DumperOptions();
    Resolver resolver =
        new Resolver() {
          @Override
          public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
              super.addImplicitResolver(tag, pattern, first, limit);
            }
          }
        };
    return new Yaml(
        new SafeConstructor(options), new Representer(dumping), dumping, options, resolver);
  }

  @SuppressWarnings("unchecked")
  private static void addCases(Map<String, Object> group, List<Case> cases) {
    String of = (String) group.get("of");
    Map<String, Object> base = new LinkedHashMap<>();
    base.put("apiVersion", of.substring(0, of.indexOf(' ')));
    base.put("kind", of.substring(of.indexOf(' ') + 1));
    base.put("metadata", Map.of("name", "it", "namespace", "shop"));
    Map<String, Object> common =
        merged(base, (Map<String, Object>) group.getOrDefault("base", Map.of()));
    for (Object item : (List<Object>) group.get("cases")) {
      Map<String, Object> fields = (Map<String, Object>) item;
      String name = of + ": " + fields.get("case");
      Map<String, Object> with = (Map<String, Object>) fields.getOrDefault("with", Map.of());
      for (Object each : (List<Object>) fields.getOrDefault("each", List.of(""))) {
        Map<String, Object> object = merged(common, (Map<String, Object>) put(each, with));
        cases.add(new Case((name + " " + each).strip(), ObjectTree.of(object), fields));
      }
    }
  }

  /** The text EACH stands for every item of the case's list {@code each} in turn. */
  private static Object put(Object each, Object into) {
    if (into instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((name, value) -> copy.put(name, put(each, value)));
      return copy;
    }
    if (into instanceof List<?> list) {
      return list.stream().map(value -> put(each, value)).toList();
    }
    return "EACH".equals(into) ? each : into;
  }

  /** Objects are merged, all else is replaced, and null takes away. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> merged(Map<String, Object> base, Map<String, Object> more) {
    Map<String, Object> merged = new LinkedHashMap<>(base);
    more.forEach(
        (name, value) -> {
          if (value == null) {
            merged.remove(name);
          } else if (value instanceof Map && merged.get(name) instanceof Map) {
            merged.put(
                name, merged((Map<String, Object>) merged.get(name), (Map<String, Object>) value));
          } else {
            merged.put(name, value);
          }
        });
    return merged;
  }
}
