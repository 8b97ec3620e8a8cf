package com.example.benchmark.contender;

import com.google.gson.JsonObject;

/** {@link Copies} for the official client's trees. */
final class Gsons {
  private Gsons() {}

  static JsonObject copy(JsonObject object, Kind kind) {
    JsonObject copy = object.deepCopy();
    copy.remove("status");
    Copies.OF_THE_SERVER.forEach(copy.getAsJsonObject("metadata")::remove);
    copy.addProperty("apiVersion", kind.apiVersion());
    copy.addProperty("kind", kind.kind());
    if (kind.kind().equals("Service")) {
      copy.getAsJsonObject("spec").remove("clusterIP");
      copy.getAsJsonObject("spec").remove("clusterIPs");
    }
    if (kind.kind().equals("Job")) {
      copy.getAsJsonObject("spec").remove("selector");
      copy.getAsJsonObject("spec")
          .getAsJsonObject("template")
          .getAsJsonObject("metadata")
          .remove("labels");
    }
    return copy;
  }
}
