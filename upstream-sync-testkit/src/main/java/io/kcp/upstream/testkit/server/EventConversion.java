package io.kcp.upstream.testkit.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Events are one resource under two groups; they are stored in the core group's form. */
final class EventConversion {
  private static final ResourceName CORE = new ResourceName("", "events");
  private static final ResourceName NEW = new ResourceName("events.k8s.io", "events");

  /** From the core group's fields to those of events.k8s.io. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "involvedObject", "regarding",
          "message", "note",
          "source", "deprecatedSource",
          "firstTimestamp", "deprecatedFirstTimestamp",
          "lastTimestamp", "deprecatedLastTimestamp",
          "count", "deprecatedCount",
          "reportingComponent", "reportingController");

  private EventConversion() {}

  /** Where the objects of a resource are stored. */
  static ResourceName shelf(ResourceName resource) {
    return resource.equals(NEW) ? CORE : resource;
  }

  static Map<String, Object> toStored(ResourceName resource, Map<String, Object> object) {
    if (!resource.equals(NEW)) {
      return object;
    }
    Map<String, String> back = new LinkedHashMap<>();
    FIELDS.forEach((core, other) -> back.put(other, core));
    return renamed(object, back);
  }

  static Map<String, Object> fromStored(ResourceName resource, Map<String, Object> object) {
    return resource.equals(NEW) ? renamed(object, FIELDS) : object;
  }

  private static Map<String, Object> renamed(Map<String, Object> object, Map<String, String> to) {
    Map<String, Object> copy = new LinkedHashMap<>();
    object.forEach((field, value) -> copy.put(to.getOrDefault(field, field), value));
    return copy;
  }
}
