package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static io.kcp.upstream.testkit.server.TestObjects.configMap;
import static io.kcp.upstream.testkit.server.TestObjects.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.server.RunningServer.Watch;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchIT {
  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  private String version() {
    return server.get(CONFIG_MAPS).string("metadata", "resourceVersion");
  }

  @Test
  void beginsWithWhatIsThere() {
    server.post(CONFIG_MAPS, configMap("a", "1"));

    try (Watch watch = server.watch(CONFIG_MAPS + "?watch=true")) {
      server.post(CONFIG_MAPS, configMap("b", "1"));

      assertThat(watch.nextName()).isEqualTo("ADDED a");
      assertThat(watch.nextName()).isEqualTo("ADDED b");
    }
  }

  @Test
  void resumesAfterAVersion() {
    server.post(CONFIG_MAPS, configMap("a", "1"));
    String version = version();
    server.put(CONFIG_MAPS + "/a", configMap("a", "2"));
    server.delete(CONFIG_MAPS + "/a");

    try (Watch watch = server.watch(CONFIG_MAPS + "?watch=1&resourceVersion=" + version)) {
      Map<String, Object> modified = watch.next();
      Map<String, Object> deleted = watch.next();

      assertThat(modified).containsEntry("type", "MODIFIED");
      assertThat(deleted).containsEntry("type", "DELETED");
      assertThat(Tree.string(deleted, "object", "data", "key")).isEqualTo("2");
      assertThat(Tree.string(deleted, "object", "metadata", "resourceVersion"))
          .isEqualTo(version());
    }
  }

  @Test
  void reportsAForgottenVersionInTheStream() {
    String version = version();
    server.post(CONFIG_MAPS, configMap("a", "1"));
    server.backend().restart(false);

    try (Watch watch = server.watch(CONFIG_MAPS + "?watch=1&resourceVersion=" + version)) {
      Map<String, Object> error = watch.next();

      assertThat(error).containsEntry("type", "ERROR");
      assertThat(Tree.get(error, "object", "code")).isEqualTo(410L);
      assertThat(Tree.string(error, "object", "reason")).isEqualTo("Expired");
      assertThat(watch.next()).isNull();
    }
  }

  @Test
  void leavingASelectorIsADeletion() {
    String selected = CONFIG_MAPS + "?watch=1&labelSelector=tier%3Dweb";
    try (Watch watch = server.watch(selected)) {
      server.post(CONFIG_MAPS, labelled("a", "db"));
      server.put(CONFIG_MAPS + "/a", labelled("a", "web"));
      server.put(CONFIG_MAPS + "/a", labelled("a", "db"));

      assertThat(watch.nextName()).isEqualTo("ADDED a");
      Map<String, Object> deleted = watch.next();
      assertThat(deleted).containsEntry("type", "DELETED");
      assertThat(Tree.string(deleted, "object", "metadata", "labels", "tier")).isEqualTo("web");
      assertThat(Tree.string(deleted, "object", "metadata", "resourceVersion"))
          .isEqualTo(version());
    }
  }

  @Test
  void marksTheEndOfTheInitialEvents() {
    server.post(CONFIG_MAPS, configMap("a", "1"));

    try (Watch watch =
        server.watch(
            CONFIG_MAPS
                + "?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true")) {
      assertThat(watch.nextName()).isEqualTo("ADDED a");
      Map<String, Object> mark = watch.next();

      assertThat(mark).containsEntry("type", "BOOKMARK");
      assertThat(Tree.string(mark, "object", "kind")).isEqualTo("ConfigMap");
      assertThat(Tree.string(mark, "object", "metadata", "resourceVersion")).isEqualTo(version());
      assertThat(
              Tree.string(mark, "object", "metadata", "annotations", "k8s.io/initial-events-end"))
          .isEqualTo("true");
    }
  }

  @Test
  void endsAfterItsTimeWithABookmark() {
    String version = version();
    server.post("/api/v1/namespaces", TestObjects.namespace("other"));

    try (Watch watch =
        server.watch(
            CONFIG_MAPS
                + "?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion="
                + version)) {
      assertThat(watch.next()).containsEntry("type", "BOOKMARK");
      assertThat(watch.next()).isNull();
    }
  }

  @Test
  void anOldPathWatchesToo() {
    try (Watch watch = server.watch("/api/v1/watch/namespaces/default/configmaps")) {
      server.post(CONFIG_MAPS, configMap("a", "1"));

      assertThat(watch.nextName()).isEqualTo("ADDED a");
    }
  }

  @Test
  void aThousandChangesArriveInOrder() {
    try (Watch watch = server.watch(CONFIG_MAPS + "?watch=1")) {
      for (int i = 0; i < 1000; i++) {
        server.patch(
            CONFIG_MAPS + "/a?fieldManager=m", RunningServer.APPLY, configMap("a", "" + i));
      }

      long last = 0;
      for (int i = 0; i < 1000; i++) {
        Map<String, Object> object = Tree.map(watch.next(), "object");
        assertThat(Tree.string(object, "data", "key")).isEqualTo("" + i);
        assertThat(Long.parseLong(Meta.version(object))).isGreaterThan(last);
        last = Long.parseLong(Meta.version(object));
      }
    }
  }
}
