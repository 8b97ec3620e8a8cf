package io.kcp.upstream.testkit.server;

import java.util.List;
import java.util.Map;

/** Reads the metadata of an object; what is absent is "" or empty. */
final class Meta {
  private Meta() {}

  static String name(Map<String, Object> object) {
    return Tree.string(object, "metadata", "name");
  }

  static String namespace(Map<String, Object> object) {
    return Tree.string(object, "metadata", "namespace");
  }

  static String uid(Map<String, Object> object) {
    return Tree.string(object, "metadata", "uid");
  }

  static String version(Map<String, Object> object) {
    return Tree.string(object, "metadata", "resourceVersion");
  }

  static List<String> finalizers(Map<String, Object> object) {
    return Tree.strings(object, "metadata", "finalizers");
  }

  static Map<String, Object> labels(Map<String, Object> object) {
    return Tree.map(object, "metadata", "labels");
  }

  static boolean isDeleting(Map<String, Object> object) {
    return Tree.has(object, "metadata", "deletionTimestamp");
  }
}
