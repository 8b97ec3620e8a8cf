package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The quality-of-service class of a pod. */
final class PodQuality {
  private static final Set<String> COUNTED = Set.of("cpu", "memory");

  private PodQuality() {}

  static String of(Map<String, Object> pod) {
    List<Map<String, Object>> containers = new ArrayList<>(Tree.maps(pod, "spec", "containers"));
    containers.addAll(Tree.maps(pod, "spec", "initContainers"));
    boolean any = false;
    boolean guaranteed = true;
    for (Map<String, Object> container : containers) {
      Map<String, Object> limits = Tree.map(container, "resources", "limits");
      Map<String, Object> requests = Tree.map(container, "resources", "requests");
      for (String resource : COUNTED) {
        any |= limits.containsKey(resource) || requests.containsKey(resource);
        Object limit = limits.get(resource);
        guaranteed &= limit != null && limit.equals(requests.getOrDefault(resource, limit));
      }
    }
    if (!any) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }
}
