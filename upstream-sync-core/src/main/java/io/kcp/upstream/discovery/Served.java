package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What one cluster serves at one moment: each resource in all its versions, preferred first. */
public final class Served {
  private final Map<GroupResource, List<ResourceType>> versions;
  private final Predicate<String> stale;

  /**
   * @param versions never an empty list
   * @param staleGroups groups that did not answer: what is known of them is older than the rest
   */
  public Served(Map<GroupResource, List<ResourceType>> versions, Set<String> staleGroups) {
    this(versions, Set.copyOf(staleGroups)::contains);
  }

  /** {@code stale} knows of groups, too, of which nothing at all is known. */
  Served(Map<GroupResource, List<ResourceType>> versions, Predicate<String> stale) {
    this.versions = new LinkedHashMap<>(versions);
    this.stale = stale;
  }

  public Set<GroupResource> resources() {
    return Collections.unmodifiableSet(versions.keySet());
  }

  public List<ResourceType> versions(GroupResource resource) {
    return versions.getOrDefault(resource, List.of());
  }

  public Optional<ResourceType> preferred(GroupResource resource) {
    return versions(resource).stream().findFirst();
  }

  /**
   * Whether the group did not answer: what is known of it is older than the rest, and a resource
   * that is not known may well be served.
   */
  public boolean isStale(String group) {
    return stale.test(group);
  }
}
