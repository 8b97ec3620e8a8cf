package com.example.quickstart;

import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.TestCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/** What happens in the physical cluster and in the workspace, and what is seen of it. */
final class Story {
  private static final String DEPLOYMENTS = "deployments.apps";

  private final TestCluster edge;
  private final TestCluster shop;

  Story(TestCluster edge, TestCluster shop) {
    this.edge = edge;
    this.shop = shop;
  }

  static void say(String text) {
    System.out.println();
    System.out.println("== " + text);
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Story.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void deploy() throws IOException {
    say("A team deploys its shop to the physical cluster at " + edge.uri());
    edge.as("kubectl").apply(resource("shop.yaml"));
    System.out.println(
        "The workspace root:shop at " + shop.uri() + " has a SyncTarget \"edge-1\".");
  }

  void pulled() {
    say("Pulled up: the workspace now shows");
    System.out.printf("%-18s %-14s %-9s %s%n", "RESOURCE", "NAME", "REPLICAS", "PHYSICAL VERSION");
    for (String resource :
        new String[] {DEPLOYMENTS, "services", "configmaps", "serviceaccounts"}) {
      for (String name : new String[] {"web", "cart", "web-config", "summer-sale"}) {
        shop.find(resource, "shop", name).ifPresent(copy -> row(resource, copy));
      }
    }
  }

  private static void row(String resource, ObjectTree copy) {
    OptionalLong replicas = copy.integer("spec.replicas");
    System.out.printf(
        "%-18s %-14s %-9s %s%n",
        resource,
        copy.name(),
        replicas.isPresent() ? replicas.getAsLong() : "-",
        copy.annotations().get("workload.kcp.io/rv"));
  }

  /** There are no controllers here: what they would write is written by hand. */
  void rollOut() {
    say("The pods of \"web\" become ready, one after the other");
    for (long ready = 1; ready <= 3; ready++) {
      long now = ready;
      edge.as("deployment-controller")
          .set(
              DEPLOYMENTS,
              "shop",
              "web",
              "status",
              Map.of("observedGeneration", 1L, "replicas", 3L, "readyReplicas", now));
      ObjectTree copy =
          shop.await(
              DEPLOYMENTS,
              "shop",
              "web",
              web -> web.integer("status.readyReplicas").equals(OptionalLong.of(now)));
      System.out.printf(
          "  the workspace says: %d of %d ready%n",
          copy.integer("status.readyReplicas").getAsLong(),
          copy.integer("spec.replicas").getAsLong());
    }
  }

  void conflict(UpstreamSyncer syncer) throws Exception {
    say("Both sides edit the replicas of \"web\": 6 in the physical cluster, 5 in the workspace");
    shop.as("admin").set(SYNC_TARGETS, "", "edge-1", "spec.upstreamSync.paused", true);
    awaitReason("Paused");
    edge.as("kubectl").set(DEPLOYMENTS, "shop", "web", "spec.replicas", 6L);
    shop.as("tenant").set(DEPLOYMENTS, "shop", "web", "spec.replicas", 5L);
    shop.as("admin").set(SYNC_TARGETS, "", "edge-1", "spec.upstreamSync.paused", false);
    ObjectTree target =
        shop.await(
            SYNC_TARGETS,
            "",
            "edge-1",
            now -> now.integer("status.upstreamSync.conflicts.unresolved").orElse(0) > 0);
    ConflictRecord conflict = syncer.conflicts().get(0);
    System.out.printf(
        "  %s %s: physical %s, upstream %s (by %s): %s, by the strategy %s%n",
        conflict.physical(),
        conflict.field(),
        conflict.physicalValue(),
        conflict.upstreamValue(),
        String.join(", ", conflict.otherManagers()),
        conflict.outcome(),
        conflict.strategy());
    System.out.println("  and in the SyncTarget's status, where an operator sees it:");
    System.out.println("  " + target.items("status.upstreamSync.conflicts.recent").get(0).asMap());
  }

  private static final String SYNC_TARGETS = "synctargets.workload.kcp.io";

  private void awaitReason(String reason) {
    shop.await(
        SYNC_TARGETS,
        "",
        "edge-1",
        target ->
            target
                .string("status.conditions[type=\"SyncerReady\"].reason")
                .filter(reason::equals)
                .isPresent());
  }

  void deletion() {
    say("The summer sale is over: its ConfigMap is deleted in the physical cluster");
    edge.as("kubectl").delete("configmaps", "shop", "summer-sale");
    shop.awaitGone("configmaps", "shop", "summer-sale");
    System.out.println("  and gone from the workspace");
  }

  void summary(UpstreamSyncer syncer) {
    say("Summary");
    System.out.println("  objects: " + syncer.state().objects());
    System.out.println("  resources: " + syncer.state().resources());
    System.out.println("  conflicts remembered: " + syncer.conflicts().size());
  }
}
