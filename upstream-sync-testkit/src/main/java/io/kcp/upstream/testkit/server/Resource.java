package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is served.
 *
 * @param versions in the order of preference
 */
record Resource(
    ResourceName id,
    String singular,
    String kind,
    String listKind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    Set<Trait> traits,
    List<Version> versions) {
  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  String group() {
    return id.group();
  }

  /** Such as {@code apps/v1} or {@code v1}. */
  String apiVersion(Version version) {
    return group().isEmpty() ? version.name() : group() + "/" + version.name();
  }

  /** The kind and its group, as in error messages. */
  ResourceName kindName() {
    return new ResourceName(group(), kind);
  }

  @Nullable Version served(String version) {
    return versions.stream()
        .filter(candidate -> candidate.served() && candidate.name().equals(version))
        .findAny()
        .orElse(null);
  }

  /** The version that objects are stored in. */
  Version storage() {
    return versions.stream().filter(Version::storage).findAny().orElse(versions.get(0));
  }

  boolean isNamespaces() {
    return id.qualified().equals("namespaces");
  }

  boolean isCrds() {
    return id.qualified().equals("customresourcedefinitions.apiextensions.k8s.io");
  }
}
