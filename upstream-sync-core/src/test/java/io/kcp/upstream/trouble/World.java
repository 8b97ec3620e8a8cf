package io.kcp.upstream.trouble;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Both clusters, and the names that one story uses in them: servers may be shared by several
 * stories, one after the other.
 *
 * @param id told from those of other stories
 */
record World(TestCluster physical, TestCluster workspace, String id) {
  static final String TARGETS = "synctargets.workload.kcp.io";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  String syncTarget() {
    return "edge-" + id;
  }

  String namespace(String letter) {
    return id + "-" + letter;
  }

  Map<String, String> labels(boolean exposed) {
    return Map.of("story", id, "expose", exposed ? "yes" : "no");
  }

  /** All objects of the kinds that have the story's prefix in their place, as a server has them. */
  Map<Place, ObjectTree> objects(TestCluster of) throws InterruptedException {
    Map<Place, ObjectTree> all = new HashMap<>();
    for (Kind kind : Kind.values()) {
      for (ObjectTree object : list(of, kind.listPath()).items("items")) {
        Place key = new Place(kind, object.namespace(), object.name());
        String place = kind.namespaced ? key.namespace() : key.name();
        if (place.startsWith(id + "-") && !key.name().equals("kube-root-ca.crt")) {
          all.put(key, object);
        }
      }
    }
    return all;
  }

  static ObjectTree list(TestCluster of, String path) throws InterruptedException {
    try {
      HttpResponse<byte[]> answer = get(of, path);
      for (int i = 0; i < 300 && answer.statusCode() == 429; i++) { // a type that is quite new
        var unused = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        answer = get(of, path);
      }
      if (answer.statusCode() != 200) {
        throw new AssertionError("GET " + path + " was answered with " + answer.statusCode());
      }
      return ObjectTree.of(Json.readObject(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<byte[]> get(TestCluster of, String path)
      throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(of.uri() + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
