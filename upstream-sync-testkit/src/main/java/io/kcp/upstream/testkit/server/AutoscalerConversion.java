package io.kcp.upstream.testkit.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * HorizontalPodAutoscalers are stored as autoscaling/v2; the v1 form knows no metric but the use of
 * CPU. What else an object measures can't be shown in it here: a real server puts it into
 * annotations.
 */
final class AutoscalerConversion {
  private static final String OLD = "autoscaling/v1";
  private static final String CPU = "targetCPUUtilizationPercentage";
  private static final long OTHERWISE = 80;

  private AutoscalerConversion() {}

  private static boolean isAutoscaler(ResourceName resource) {
    return resource.qualified().equals("horizontalpodautoscalers.autoscaling");
  }

  static Map<String, Object> toStored(ResourceName resource, Map<String, Object> object) {
    if (!isAutoscaler(resource) || !Tree.string(object, "apiVersion").equals(OLD)) {
      return object;
    }
    long percentage = Tree.number(object, OTHERWISE, "spec", CPU);
    Map<String, Object> stored = Tree.without(object, "spec", CPU);
    stored = Tree.with(stored, List.of(metric(percentage)), "spec", "metrics");
    return Tree.without(stored, "status", "currentCPUUtilizationPercentage");
  }

  private static Map<String, Object> metric(long percentage) {
    Map<String, Object> target = new LinkedHashMap<>();
    target.put("type", "Utilization");
    target.put("averageUtilization", percentage);
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("name", "cpu");
    resource.put("target", target);
    Map<String, Object> metric = new LinkedHashMap<>();
    metric.put("type", "Resource");
    metric.put("resource", resource);
    return metric;
  }

  static Map<String, Object> fromStored(
      ResourceName resource, String apiVersion, Map<String, Object> object) {
    if (!isAutoscaler(resource) || !apiVersion.equals(OLD)) {
      return object;
    }
    List<Map<String, Object>> metrics = Tree.maps(object, "spec", "metrics");
    boolean cpuAlone =
        metrics.size() == 1
            && Tree.string(metrics.get(0), "resource", "name").equals("cpu")
            && Tree.has(metrics.get(0), "resource", "target", "averageUtilization")
            && !Tree.has(object, "spec", "behavior");
    if (!cpuAlone) {
      throw ApiException.notModelled(
          "HorizontalPodAutoscalers with other metrics than the use of CPU, or with a behavior, as autoscaling/v1");
    }
    Map<String, Object> old = Tree.without(object, "spec", "metrics");
    old =
        Tree.with(
            old, Tree.get(metrics.get(0), "resource", "target", "averageUtilization"), "spec", CPU);
    old = Tree.without(Tree.without(old, "status", "currentMetrics"), "status", "conditions");
    return Tree.with(
        old, Tree.number(object, 0, "status", "currentReplicas"), "status", "currentReplicas");
  }
}
