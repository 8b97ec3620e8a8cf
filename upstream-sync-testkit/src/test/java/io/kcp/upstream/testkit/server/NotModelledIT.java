package io.kcp.upstream.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered with 501 stands on the doc comment of InMemoryApiServer, and nothing else. */
class NotModelledIT {
  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private record Place(String name, String path) {}

  /** Every subresource that discovery names, and every resource that can't be listed. */
  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    List<String> groups = new ArrayList<>(List.of("/api/v1"));
    for (Map<String, Object> group : Tree.maps(server.get("/apis").body(), "groups")) {
      for (Map<String, Object> version : Tree.maps(group, "versions")) {
        groups.add("/apis/" + Tree.string(version, "groupVersion"));
      }
    }
    for (String root : groups) {
      Map<String, Object> list = server.get(root).body();
      for (Map<String, Object> resource : Tree.maps(list, "resources")) {
        String[] parts = Tree.string(resource, "name").split("/", 2);
        if (parts.length == 2 || !Tree.strings(resource, "verbs").contains("list")) {
          String version = Tree.string(list, "groupVersion");
          String group = version.contains("/") ? "." + version.split("/", 2)[0] : "";
          boolean namespaced = Tree.isTrue(resource, "namespaced");
          places.add(
              new Place(
                  parts[0] + group + (parts.length == 2 ? "/" + parts[1] : ""),
                  root
                      + (namespaced ? "/namespaces/default/" : "/")
                      + parts[0]
                      + (parts.length == 2 ? "/x/" + parts[1] : "")));
        }
      }
    }
    return places;
  }

  @Test
  void isListedOnTheDocComment() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/kcp/upstream/testkit/InMemoryApiServer.java"));
    String comment = source.substring(0, source.indexOf("public abstract class"));
    String words = comment.replaceAll("\\s*\\n \\*\\s*", " ");

    assertThat(places()).hasSizeGreaterThan(40);
    for (Place place : places()) {
      Answer answer = server.post(place.path(), "{\"metadata\": {\"name\": \"x\"}, \"spec\": {}}");
      if (answer.status() == 501) {
        assertThat(words).contains("{@code " + place.name() + "}");
      } else {
        assertThat(words).doesNotContain("{@code " + place.name() + "}");
      }
    }
  }

  @Test
  void aWebhooksConversionIsNotMadeUp() {
    String other =
        "{\"name\": \"v2\", \"served\": true, \"storage\": false, \"schema\": {\"openAPIV3Schema\":"
            + " {\"type\": \"object\"}}}";
    String crd =
        TestObjects.widgetCrd()
            .replace("\"versions\": [", "\"versions\": [" + other + ", ")
            .replace(
                "\"scope\"",
                "\"conversion\": {\"strategy\": \"Webhook\", \"webhook\": {\"conversionReviewVersions\":"
                    + " [\"v1\"], \"clientConfig\": {\"url\": \"https://ex.io/convert\"}}},"
                    + " \"scope\"");

    assertThat(server.post(TestObjects.CRDS, crd).status()).isEqualTo(201);
    await().until(() -> server.get("/apis/ex.io/v1/widgets").status() == 200);

    assertThat(server.get("/apis/ex.io/v2/widgets").status()).isEqualTo(501);
  }
}
