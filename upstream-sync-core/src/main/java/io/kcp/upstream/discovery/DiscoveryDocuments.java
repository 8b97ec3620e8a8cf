package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the documents of both kinds of discovery. What can't be a resource's name is left out. */
final class DiscoveryDocuments {
  private DiscoveryDocuments() {}

  /** An APIGroupDiscoveryList. */
  static List<VersionDocument> aggregated(ObjectTree list) {
    List<VersionDocument> documents = new ArrayList<>();
    for (ObjectTree group : list.items("items")) {
      for (ObjectTree version : group.items("versions")) {
        documents.add(aggregated(group.name(), version));
      }
    }
    return documents;
  }

  private static VersionDocument aggregated(String group, ObjectTree version) {
    GroupVersion in = new GroupVersion(group, version.string("version").orElse(""));
    List<ResourceType> types = new ArrayList<>();
    for (ObjectTree resource : version.items("resources")) {
      Set<String> subresources = new LinkedHashSet<>();
      for (ObjectTree sub : resource.items("subresources")) {
        sub.string("subresource").ifPresent(subresources::add);
      }
      type(
              in,
              resource.string("resource").orElse(""),
              resource.string("responseKind.kind").orElse(""),
              resource.string("scope").orElse("").equals("Namespaced"),
              new Abilities(strings(resource, "verbs"), subresources))
          .ifPresent(types::add);
    }
    return new VersionDocument(in, types, !version.string("freshness").orElse("").equals("Stale"));
  }

  private record Abilities(Set<String> verbs, Set<String> subresources) {}

  /** An APIVersions document: the versions of the core group. */
  static List<GroupVersion> coreVersions(ObjectTree versions) {
    return strings(versions, "versions").stream()
        .map(version -> new GroupVersion("", version))
        .toList();
  }

  /** An APIGroupList: each group's versions, the preferred one first. */
  static List<GroupVersion> groupVersions(ObjectTree list) {
    List<GroupVersion> all = new ArrayList<>();
    for (ObjectTree group : list.items("groups")) {
      String preferred = group.string("preferredVersion.version").orElse("");
      group.items("versions").stream()
          .map(version -> version.string("version").orElse(""))
          .sorted(Comparator.comparing(version -> !version.equals(preferred)))
          .forEach(version -> all.add(new GroupVersion(group.string("name").orElse(""), version)));
    }
    return all;
  }

  /** An APIResourceList. */
  static List<ResourceType> resources(GroupVersion in, ObjectTree list) {
    Map<String, Set<String>> subresources = new TreeMap<>();
    for (ObjectTree entry : list.items("resources")) {
      String[] names = name(entry).split("/", 2);
      if (names.length == 2) {
        subresources.computeIfAbsent(names[0], any -> new LinkedHashSet<>()).add(names[1]);
      }
    }
    List<ResourceType> types = new ArrayList<>();
    for (ObjectTree entry : list.items("resources")) {
      if (!name(entry).contains("/")) {
        type(
                in,
                name(entry),
                entry.string("kind").orElse(""),
                entry.isTrue("namespaced"),
                new Abilities(
                    strings(entry, "verbs"), subresources.getOrDefault(name(entry), Set.of())))
            .ifPresent(types::add);
      }
    }
    return types;
  }

  private static String name(ObjectTree entry) {
    return entry.string("name").orElse("");
  }

  private static Optional<ResourceType> type(
      GroupVersion in, String plural, String kind, boolean namespaced, Abilities can) {
    GroupResource resource;
    try {
      resource = new GroupResource(in.group(), plural);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no object can be named by it
    }
    return Optional.of(
        new ResourceType(
            resource, in.version(), kind, namespaced, can.verbs(), can.subresources()));
  }

  private static Set<String> strings(ObjectTree tree, String field) {
    Set<String> strings = new LinkedHashSet<>();
    if (tree.get(FieldPath.of(field)).orElse(List.of()) instanceof List<?> list) {
      list.stream().filter(String.class::isInstance).map(String.class::cast).forEach(strings::add);
    }
    return strings;
  }
}
