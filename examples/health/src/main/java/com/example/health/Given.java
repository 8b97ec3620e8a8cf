package com.example.health;

import io.kcp.upstream.spi.ObjectTree;
import java.util.Map;

/** One object of the input. */
record Given(ObjectTree tree, String apiVersion, String kind) {
  String namespace() {
    return metadata("namespace");
  }

  String name() {
    return metadata("name");
  }

  private String metadata(String field) {
    if (tree.asMap().get("metadata") instanceof Map<?, ?> metadata
        && metadata.get(field) instanceof String text) {
      return text;
    }
    return "";
  }
}
