package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a copy by hand is made of: the object less what its server wrote into it. */
final class Copies {
  static final List<String> OF_THE_SERVER =
      List.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "managedFields",
          "selfLink",
          "ownerReferences");

  private Copies() {}

  static ObjectNode of(JsonNode object, Kind kind) {
    ObjectNode copy = object.deepCopy();
    copy.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
    copy.remove("status");
    ((ObjectNode) copy.path("metadata")).remove(OF_THE_SERVER);
    if (kind.kind().equals("Service")) {
      ((ObjectNode) copy.path("spec")).remove(List.of("clusterIP", "clusterIPs"));
    }
    if (kind.kind().equals("Job")) {
      ((ObjectNode) copy.path("spec")).remove("selector");
      copy.withObject("/spec/template/metadata").remove("labels");
    }
    return copy;
  }
}
