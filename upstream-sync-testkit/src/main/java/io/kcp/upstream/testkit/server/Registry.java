package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The resources that one logical cluster serves at this moment. Safe for several threads. */
final class Registry {
  private final Map<ResourceName, Resource> builtIn = new LinkedHashMap<>();
  private static final long FRESH_NANOS = 100_000_000;

  private final Map<ResourceName, Resource> custom = new ConcurrentSkipListMap<>();

  /** When resources that nobody has listed yet came to be served. */
  private final Map<ResourceName, Long> fresh = new ConcurrentHashMap<>();

  Registry(Collection<Resource> builtIn) {
    builtIn.forEach(resource -> this.builtIn.put(resource.id(), resource));
  }

  /** Serves what a CRD defines, in place of an earlier state of it. */
  void serve(Resource resource) {
    if (custom.put(resource.id(), resource) == null) {
      fresh.put(resource.id(), System.nanoTime());
    }
  }

  /**
   * Whether this is the first time that a resource is listed or watched, and it is served for less
   * than a tenth of a second: a real server has to fill its cache then.
   */
  boolean isFirstLook(ResourceName resource) {
    Long since = fresh.remove(resource);
    return since != null && System.nanoTime() - since < FRESH_NANOS;
  }

  void unserve(ResourceName resource) {
    custom.remove(resource);
  }

  boolean isBuiltIn(ResourceName resource) {
    return builtIn.containsKey(resource);
  }

  @Nullable Resource find(ResourceName name) {
    Resource resource = builtIn.get(name);
    return resource == null ? custom.get(name) : resource;
  }

  /** The built-in ones first, then custom ones by name. */
  List<Resource> all() {
    List<Resource> all = new ArrayList<>(builtIn.values());
    all.addAll(custom.values());
    return all;
  }

  boolean hasGroupVersion(String group, String version) {
    return all().stream()
        .anyMatch(resource -> resource.group().equals(group) && resource.served(version) != null);
  }

  boolean hasBuiltInGroup(String group) {
    return group.isEmpty() || builtIn.keySet().stream().anyMatch(id -> id.group().equals(group));
  }

  boolean hasGroup(String group) {
    return all().stream()
        .filter(resource -> resource.group().equals(group))
        .flatMap(resource -> resource.versions().stream())
        .anyMatch(Version::served);
  }

  /** Each group with its served versions, preferred first; built-in groups come first. */
  Map<String, List<String>> groups() {
    Map<String, TreeMap<String, Boolean>> groups = new LinkedHashMap<>();
    for (Resource resource : all()) {
      for (Version version : resource.versions()) {
        if (version.served()) {
          groups
              .computeIfAbsent(resource.group(), group -> new TreeMap<>(VersionOrder::compare))
              .put(version.name(), true);
        }
      }
    }
    Map<String, List<String>> result = new LinkedHashMap<>();
    groups.forEach((group, versions) -> result.put(group, List.copyOf(versions.keySet())));
    return result;
  }

  /** The resources of a group that serve a version. */
  List<Resource> in(String group, String version) {
    return all().stream()
        .filter(resource -> resource.group().equals(group) && resource.served(version) != null)
        .toList();
  }
}
