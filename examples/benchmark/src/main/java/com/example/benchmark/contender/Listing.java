package com.example.benchmark.contender;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/** Reads every object of both sides once, page by page, and is done. */
final class Listing implements Contender {
  private static final int PAGE = 500;

  @Override
  public void begin(Order order) {
    Api physical = Api.of(order.physical());
    Api workspace = Api.of(order.workspace());
    for (Kind kind : order.kinds()) {
      list(physical, kind, object -> {});
      list(workspace, kind, object -> {});
    }
  }

  @Override
  public void awaitInSync() {
    // begin() has read everything when it returns
  }

  /** Hands out each object; returns the version of the list. */
  static String list(Api api, Kind kind, Consumer<JsonNode> each) {
    String rest = "";
    while (true) {
      JsonNode page = api.get(kind.collection() + "?limit=" + PAGE + rest);
      page.path("items").forEach(each);
      String next = page.path("metadata").path("continue").asText("");
      if (next.isEmpty()) {
        return page.path("metadata").path("resourceVersion").asText();
      }
      rest = "&continue=" + next;
    }
  }

  @Override
  public void close() {
    // nothing stays open
  }
}
