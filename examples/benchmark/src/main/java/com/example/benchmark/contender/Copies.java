package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What a copy by hand is made of: the object less what its server wrote into it. */
final class Copies {
  private static final List<String> OF_EVERY_KIND =
      List.of(
          "/status",
          "/metadata/uid",
          "/metadata/resourceVersion",
          "/metadata/generation",
          "/metadata/creationTimestamp",
          "/metadata/managedFields",
          "/metadata/selfLink",
          "/metadata/ownerReferences");

  private Copies() {}

  private static List<String> ofTheServer(Kind kind) {
    List<String> all = new ArrayList<>(OF_EVERY_KIND);
    if (kind.kind().equals("Service")) {
      all.addAll(List.of("/spec/clusterIP", "/spec/clusterIPs"));
    }
    if (kind.kind().equals("Job")) {
      all.addAll(List.of("/spec/selector", "/spec/template/metadata/labels"));
    }
    return all;
  }

  static ObjectNode of(JsonNode object, Kind kind) {
    ObjectNode copy = object.deepCopy();
    copy.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    for (String pointer : ofTheServer(kind)) {
      int name = pointer.lastIndexOf('/');
      if (copy.at(pointer.substring(0, name)) instanceof ObjectNode parent) {
        parent.remove(pointer.substring(name + 1));
      }
    }
    return copy;
  }

  /** The same for the official client's trees. */
  static JsonObject of(JsonObject object, Kind kind) {
    JsonObject copy = object.deepCopy();
    copy.addProperty("apiVersion", kind.apiVersion());
    copy.addProperty("kind", kind.kind());
    for (String pointer : ofTheServer(kind)) {
      String[] names = pointer.substring(1).split("/", -1);
      JsonObject parent = copy;
      for (int i = 0; parent != null && i < names.length - 1; i++) {
        parent = parent.getAsJsonObject(names[i]);
      }
      if (parent != null) {
        parent.remove(names[names.length - 1]);
      }
    }
    return copy;
  }
}
