package io.kcp.upstream.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.Plugins;
import io.kcp.upstream.SyncerConfig;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Journal;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A physical cluster and a workspace with a SyncTarget, and what every trap's test asks of them.
 */
final class Traps {
  static final Duration LIMIT = Duration.ofSeconds(30);
  static final String TARGETS = "synctargets.workload.kcp.io";
  static final String TARGET = "edge-1";
  static final String NS = "shop";

  private Traps() {}

  static UpstreamSyncer syncer(TestCluster edge, TestCluster shop) {
    SyncerConfig config =
        SyncerConfig.defaults()
            .with(new SyncerConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(500), 0.2))
            .with(
                new SyncerConfig.Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5)));
    return UpstreamSyncer.builder(
            PhysicalCluster.of(edge.readOnlyClient()), Workspace.of(shop.client()), TARGET)
        .plugins(Plugins.none())
        .config(config)
        .build();
  }

  static UpstreamSyncer startedInSync(TestCluster edge, TestCluster shop) throws Exception {
    UpstreamSyncer syncer = syncer(edge, shop);
    syncer.start();
    syncer.awaitInSync(LIMIT);
    return syncer;
  }

  static ObjectTree awaitTarget(TestCluster shop, Predicate<ObjectTree> condition) {
    return shop.await(TARGETS, "", TARGET, condition);
  }

  static ObjectTree awaitCondition(TestCluster shop, String type, String status, String words) {
    return awaitTarget(shop, now -> says(now, type, status, words));
  }

  private static boolean says(ObjectTree target, String type, String status, String words) {
    String condition = "status.conditions[type=\"" + type + "\"].";
    String text =
        target.string(condition + "reason").orElse("")
            + " "
            + target.string(condition + "message").orElse("");
    return target.string(condition + "status").equals(Optional.of(status)) && text.contains(words);
  }

  static ObjectTree hold(ObjectTree target, String type) {
    return target.items("status.upstreamSync.holds").stream()
        .filter(hold -> hold.string("type").equals(Optional.of(type)))
        .findFirst()
        .orElseThrow();
  }

  static boolean holds(ObjectTree target, String type) {
    return target.items("status.upstreamSync.holds").stream()
        .anyMatch(hold -> hold.string("type").equals(Optional.of(type)));
  }

  static void release(TestCluster shop, String id) {
    shop.as("admin")
        .set(TARGETS, "", TARGET, "metadata.annotations[\"upstream.workload.kcp.io/release\"]", id);
  }

  static void assertNothingDeleted(TestCluster shop, long since) {
    assertThat(deletions(shop.journal().since(since))).isEmpty();
  }

  private static List<Journal.Request> deletions(Journal journal) {
    return journal.requests().stream().filter(request -> request.verb() == Verb.DELETE).toList();
  }
}
