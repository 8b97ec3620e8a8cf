package io.kcp.upstream.testkit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A real server and the one in memory, which have to agree. */
final class Pair {
  private final Side real;
  private final Side memory;
  private final String seed;
  private int step;

  Pair(Side real, Side memory, String seed) {
    this.real = real;
    this.memory = memory;
    this.seed = seed;
  }

  /** Where both were before anything was written to a collection. */
  record Start(String collection, String real, String memory) {}

  Start start(String collection) {
    return new Start(collection, real.version(collection), memory.version(collection));
  }

  void send(Request request) {
    Side.Answer wanted = real.send(request);
    Side.Answer found = memory.send(request);
    assertThat(differences(comparable(wanted), comparable(found)))
        .as("%s, step %d: %s", seed, ++step, request)
        .isEmpty();
  }

  private static List<String> differences(Map<String, String> wanted, Map<String, String> found) {
    List<String> differences = new ArrayList<>();
    Set<String> paths = new TreeSet<>(wanted.keySet());
    paths.addAll(found.keySet());
    for (String path : paths) {
      if (!Objects.equals(wanted.get(path), found.get(path))) {
        differences.add(
            "\n%s: real %s, in memory %s".formatted(path, wanted.get(path), found.get(path)));
      }
    }
    return differences;
  }

  private static Map<String, String> comparable(Side.Answer answer) {
    Map<String, String> leaves = new TreeMap<>(SteadyPart.of(answer.body()));
    leaves.put("the code", Integer.toString(answer.code()));
    leaves.put("the warnings", answer.warnings().toString());
    return leaves;
  }

  /** Everything that has happened since, as a watch tells it. */
  void requireSameEvents(Start start, String selectors, String last) {
    List<Map<String, Object>> wanted =
        real.events(start.collection(), "resourceVersion=" + start.real() + selectors, last);
    List<Map<String, Object>> found =
        memory.events(start.collection(), "resourceVersion=" + start.memory() + selectors, last);
    assertThat(names(found)).as("%s: events%s", seed, selectors).isEqualTo(names(wanted));
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(differences(SteadyPart.of(wanted.get(i)), SteadyPart.of(found.get(i))))
          .as("%s: event %d%s", seed, i, selectors)
          .isEmpty();
    }
  }

  private static List<String> names(List<Map<String, Object>> events) {
    List<String> names = new ArrayList<>();
    for (Map<String, Object> event : events) {
      names.add(
          Json.string(event, "type") + " " + Json.string(event, "object", "metadata", "name"));
    }
    return names;
  }
}
