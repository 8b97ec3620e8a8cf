package com.example.benchmark.contender;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The limit: lists the physical side, and creates each object by a POST over so many connections.
 */
final class BareLoop implements Contender {
  private final ExecutorService pool;

  BareLoop(int connections) {
    pool = Executors.newFixedThreadPool(connections);
  }

  @Override
  public void begin(Order order) {
    Api physical = Api.of(order.physical());
    Api workspace = Api.of(order.workspace());
    for (Kind kind : order.kinds()) {
      var unused =
          CompletableFuture.runAsync(
              () ->
                  Listing.list(
                      physical,
                      kind,
                      object ->
                          pool.execute(
                              () ->
                                  workspace.post(
                                      kind.collection(), Copies.of(object, kind).toString()))));
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
