package com.example.benchmark;

import com.example.benchmark.contender.Api;
import com.example.benchmark.contender.Kind;

/** ConfigMaps of 4 KB, and the requests that write them. */
final class Load {
  static final String APPLY = "application/apply-patch+yaml";
  static final String COLLECTION = "/api/v1/namespaces/" + Kind.NAMESPACE + "/configmaps";

  /** Of the 4 KB, the rest is metadata. */
  private static final String FILLING = "x".repeat(350);

  private static final int KEYS = 10;

  private Load() {}

  static void namespace(Api api) {
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + Kind.NAMESPACE + "\"}}");
  }

  static void create(Api api, int round, int number) {
    api.send("POST", COLLECTION, "application/json", object("c", round, number, 0));
  }

  static void apply(Api api, int round, int number, int change) {
    String path = COLLECTION + "/a-" + round + "-" + number + "?fieldManager=bench&force=true";
    api.send("PATCH", path, APPLY, object("a", round, number, change));
  }

  static void get(Api api, int round, int number) {
    api.text(COLLECTION + "/c-" + round + "-" + number);
  }

  private static String object(String prefix, int round, int number, int change) {
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      data.append("\"key-%d\": \"%d %d %s\",".formatted(i, number, change, FILLING));
    }
    data.setLength(data.length() - 1);
    return """
        {"apiVersion": "v1", "kind": "ConfigMap",
         "metadata": {"name": "%s-%d-%d", "labels": {"app": "bench"}}, "data": {%s}}
        """
        .formatted(prefix, round, number, data);
  }
}
