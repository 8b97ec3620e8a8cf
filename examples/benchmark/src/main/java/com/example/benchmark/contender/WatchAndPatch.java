package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Response;
import okio.BufferedSource;

/** By hand: one watch, and one forced apply of the whole object for each event. */
final class WatchAndPatch implements Contender {
  private static final int LANES = 16;
  private static final String APPLY = "application/apply-patch+yaml";

  private final ExecutorService[] lanes = new ExecutorService[LANES];
  private volatile Response watch;

  WatchAndPatch() {
    for (int i = 0; i < LANES; i++) {
      lanes[i] = Executors.newSingleThreadExecutor(); // keeps the changes of one object in order
    }
  }

  @Override
  public void begin(Order order) throws IOException {
    Api physical = Api.of(order.physical());
    Api workspace = Api.of(order.workspace());
    Kind kind = order.kinds().get(0);
    String version = Listing.list(physical, kind, object -> apply(workspace, kind, object));
    watch = physical.open(kind.collection() + "?watch=true&resourceVersion=" + version);
    Thread reader = new Thread(() -> follow(workspace, kind), "watch");
    reader.setDaemon(true);
    reader.start();
  }

  private void follow(Api workspace, Kind kind) {
    ObjectMapper json = new ObjectMapper();
    try {
      BufferedSource lines = watch.body().source();
      for (String line = lines.readUtf8Line(); line != null; line = lines.readUtf8Line()) {
        apply(workspace, kind, json.readTree(line).path("object"));
      }
    } catch (IOException e) {
      System.err.println("the watch by hand ended: " + e.getMessage());
    }
  }

  private void apply(Api workspace, Kind kind, JsonNode object) {
    String name = object.path("metadata").path("name").asText();
    String path = kind.collection() + "/" + name + "?fieldManager=by-hand&force=true";
    String copy = Copies.of(object, kind).toString();
    lanes[Math.floorMod(name.hashCode(), LANES)].execute(() -> workspace.patch(path, APPLY, copy));
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    for (ExecutorService lane : lanes) {
      lane.shutdownNow();
    }
  }
}
