package io.kcp.upstream.testkit.apply;

import static io.kcp.upstream.testkit.apply.Json.ABSENT;

import io.kcp.upstream.spi.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays a configuration over a live object: the configuration wins wherever it says something. */
final class Merge {
  private Merge() {}

  static Map<String, Object> of(Type type, Map<String, Object> live, Map<String, Object> config) {
    return Json.map(merge(type, live, config));
  }

  private static @Nullable Object merge(Type type, @Nullable Object live, @Nullable Object config) {
    if (config == ABSENT) {
      return live;
    }
    Type.Form form = type.formOf(config);
    if (Json.isEmpty(config) && Json.isEmpty(live)) {
      return config;
    }
    if (form == Type.Form.MAP && !type.asMap().isAtomic() && isMapOrNull(live, config)) {
      return mergeMap(type.asMap(), Json.map(live), Json.map(config));
    }
    if (form == Type.Form.LIST && !type.asList().isAtomic()) {
      return mergeList(type.asList(), Json.list(live), Json.list(config));
    }
    return config;
  }

  private static boolean isMapOrNull(@Nullable Object live, @Nullable Object config) {
    return (live == null || live == ABSENT || live instanceof Map<?, ?>)
        && (config == null || config instanceof Map<?, ?>);
  }

  private static Map<String, Object> mergeMap(
      MapType type, Map<String, Object> live, Map<String, Object> config) {
    Map<String, Object> merged = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>(live.keySet());
    names.addAll(config.keySet());
    for (String name : names) {
      Type below = type.typeOf(name);
      Json.put(
          merged,
          name,
          merge(
              below == null ? Type.DEDUCED : below, Json.get(live, name), Json.get(config, name)));
    }
    return merged;
  }

  /**
   * Items of the configuration keep its order; items that only the live list has stay behind the
   * item that they followed, as far as that goes.
   */
  private static List<@Nullable Object> mergeList(
      ListType type, List<Object> live, List<Object> config) {
    return new ListMerge(type, live, config).run();
  }

  private static final class ListMerge {
    private final ListType type;
    private final List<Object> live;
    private final List<Object> config;
    private final List<FieldPath.Element> liveNames;
    private final List<FieldPath.Element> configNames;
    private final Map<FieldPath.Element, Object> liveItems = new HashMap<>();
    private final Set<FieldPath.Element> wanted;
    private final Set<FieldPath.Element> shared;
    private final Set<FieldPath.Element> merged = new HashSet<>();
    private final List<@Nullable Object> result = new ArrayList<>();

    ListMerge(ListType type, List<Object> live, List<Object> config) {
      this.type = type;
      this.live = live;
      this.config = config;
      liveNames = live.stream().map(type::elementOf).toList();
      configNames = config.stream().map(type::elementOf).toList();
      wanted = new HashSet<>(configNames);
      shared = new HashSet<>(liveNames);
      Set<FieldPath.Element> twice = ValuePaths.duplicates(type, live);
      for (int i = 0; i < live.size(); i++) {
        if (!twice.contains(liveNames.get(i))) {
          liveItems.put(liveNames.get(i), live.get(i));
        }
      }
    }

    List<@Nullable Object> run() {
      int next = 0;
      for (int i = 0; i < live.size(); i++) {
        FieldPath.Element name = liveNames.get(i);
        if (!wanted.contains(name)) {
          result.add(live.get(i));
        } else if (name.equals(nextShared(next))) {
          next = takeThrough(name, next);
        }
      }
      while (next < config.size()) {
        take(next++);
      }
      return result;
    }

    /** The next item of the configuration that is live too. */
    private FieldPath.@Nullable Element nextShared(int from) {
      for (int i = from; i < config.size(); i++) {
        if (shared.contains(configNames.get(i))) {
          return configNames.get(i);
        }
      }
      return null;
    }

    private int takeThrough(FieldPath.Element name, int from) {
      int next = from;
      while (!configNames.get(next).equals(name)) {
        take(next++);
      }
      take(next++);
      return next;
    }

    private void take(int index) {
      FieldPath.Element name = configNames.get(index);
      if (merged.add(name)) {
        Object old = liveItems.containsKey(name) ? liveItems.get(name) : ABSENT;
        result.add(merge(type.items(), old, config.get(index)));
      }
    }
  }
}
