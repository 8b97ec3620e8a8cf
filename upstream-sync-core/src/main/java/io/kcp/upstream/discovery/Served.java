package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one cluster serves at one moment: each resource in all its versions, preferred first. */
public final class Served {
  private final Map<GroupResource, List<ResourceType>> versions;
  private final Set<String> staleGroups;

  /**
   * @param versions never an empty list
   * @param staleGroups groups that did not answer: what is known of them is older than the rest
   */
  public Served(Map<GroupResource, List<ResourceType>> versions, Set<String> staleGroups) {
    this.versions = new LinkedHashMap<>(versions);
    this.staleGroups = Set.copyOf(staleGroups);
  }

  public Set<GroupResource> resources() {
    return versions.keySet();
  }

  public List<ResourceType> versions(GroupResource resource) {
    return versions.getOrDefault(resource, List.of());
  }

  public Optional<ResourceType> preferred(GroupResource resource) {
    return versions(resource).stream().findFirst();
  }

  public boolean isStale(String group) {
    return staleGroups.contains(group);
  }
}
