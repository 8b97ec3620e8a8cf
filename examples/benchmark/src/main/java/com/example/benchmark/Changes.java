package com.example.benchmark;

import com.example.benchmark.contender.Api;
import com.example.benchmark.contender.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Response;
import okio.BufferedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes on the physical side at a steady rate, each timed until it is seen in the workspace. */
final class Changes {
  private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
  private static final int WRITERS = 32;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Kind kind;
  private final Server physical;
  private final Server workspace;
  private final int objects;
  private final Map<Integer, Long> waiting = new ConcurrentHashMap<>();
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();
  private final Sample milliseconds = new Sample();

  Changes(Kind kind, Server physical, Server workspace, int objects) {
    this.kind = kind;
    this.physical = physical;
    this.workspace = workspace;
    this.objects = objects;
  }

  /**
   * Makes the changes and waits until the last one is seen.
   *
   * @param first the number of the first change; larger than that of any before
   */
  Sample make(int first, int count, double perSecond) throws Exception {
    String path = kind.collection();
    String version =
        workspace.api().get(path + "?limit=1").at("/metadata/resourceVersion").asText();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      threads.execute(() -> follow(path, version));
      write(first, count, perSecond);
      Waiting.until(LIMIT, "every change is seen", waiting::isEmpty);
    } finally {
      threads.shutdownNow(); // ends the watch, too
    }
    return milliseconds;
  }

  /** Changes to one object go out one after the other, else an earlier one could come last. */
  private void write(int first, int count, double perSecond) throws InterruptedException {
    List<ExecutorService> lanes =
        Stream.generate(Executors::newSingleThreadExecutor).limit(WRITERS).toList();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = start + (long) (i * 1e9 / perSecond);
      Waiting.passes(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      int revision = first + i;
      lanes.get(revision % objects % WRITERS).execute(() -> write(revision));
    }
    for (ExecutorService lane : lanes) {
      lane.shutdown();
      if (!lane.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the physical server takes no writes");
      }
    }
  }

  private void write(int revision) {
    String name = "o" + revision % objects;
    waiting.put(revision, Long.MAX_VALUE);
    physical
        .api()
        .patch(kind.collection() + "/" + name, Api.MERGE_PATCH, Workload.change(revision));
    if (waiting.replace(revision, System.nanoTime()) == null
        || seen.getOrDefault(name, -1) >= revision) {
      settle(name, seen.getOrDefault(name, -1));
    }
  }

  /** A server cuts off a watch that reads too slowly: it is resumed where it ended. */
  private void follow(String path, String from) {
    String version = from;
    while (!Thread.currentThread().isInterrupted()) {
      String query = "?watch=true&resourceVersion=" + version;
      try (Response watch = workspace.api().open(path + query)) {
        version = follow(watch.body().source(), version);
      } catch (IOException e) {
        LOG.debug("the watch ended, by the other thread or by itself", e);
      }
    }
  }

  private String follow(BufferedSource lines, String from) throws IOException {
    ObjectMapper json = new ObjectMapper();
    String version = from;
    for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
      JsonNode metadata = json.readTree(line).at("/object/metadata");
      if (!metadata.has("name")) {
        throw new IllegalStateException("the watch can't be resumed: " + line);
      }
      version = metadata.path("resourceVersion").asText();
      int revision = metadata.at("/annotations/revision").asInt(-1);
      String name = metadata.path("name").asText();
      seen.merge(name, revision, Math::max);
      settle(name, revision);
    }
    return version;
  }

  /** A later revision of an object shows that the earlier ones are over, too. */
  private void settle(String name, int revision) {
    long now = System.nanoTime();
    for (int each = revision; each >= 0 && revision - each <= objects * 200; each -= objects) {
      Long written = waiting.get(each);
      if (written == null || written == Long.MAX_VALUE || !("o" + each % objects).equals(name)) {
        if (each != revision && written == null) {
          return;
        }
        continue;
      }
      if (waiting.remove(each, written)) {
        synchronized (milliseconds) {
          milliseconds.add(Math.max(0, (now - written) / 1e6));
        }
      }
    }
  }
}
