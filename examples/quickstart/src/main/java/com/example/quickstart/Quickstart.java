package com.example.quickstart;

import io.kcp.upstream.PhysicalCluster;
import io.kcp.upstream.UpstreamSyncer;
import io.kcp.upstream.Workspace;
import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.TestCluster;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A shop's Deployments are pulled up, fall into conflict, are deleted; then it ends by itself. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = "The main job on two in-memory servers.")
public final class Quickstart implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Option(
      names = "--keep",
      description = "Keeps everything running in the end, and prints how to look at it.")
  private boolean keep;

  /** Runs the quickstart; exits with 0 when all of it happened. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Quickstart()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    try (InMemoryApiServer edge = InMemoryApiServer.builder().start();
        InMemoryApiServer kcp = InMemoryApiServer.builder().workspace("root:shop").start()) {
      TestCluster shop = kcp.workspace("root:shop");
      Story story = new Story(edge, shop);
      story.deploy();
      shop.as("admin").apply(Story.resource("sync-target.yaml"));
      try (UpstreamSyncer syncer =
          UpstreamSyncer.builder(
                  PhysicalCluster.of(edge.readOnlyClient()),
                  Workspace.of(kcp.client(), "root:shop"),
                  "edge-1")
              .build()) {
        syncer.start();
        syncer.awaitInSync(LIMIT);
        story.pulled();
        story.rollOut();
        story.conflict(syncer);
        story.deletion();
        syncer.awaitInSync(LIMIT);
        story.summary(syncer);
        if (keep) {
          keepRunning(edge, shop);
        }
      }
    }
    return 0;
  }

  private static void keepRunning(TestCluster edge, TestCluster shop) throws Exception {
    Story.say("Still running; end it with Ctrl-C. To look at it:");
    System.out.println("  kubectl --server " + edge.uri() + " get deployments -n shop");
    System.out.println("  kubectl --server " + shop.uri() + " get deployments -n shop -o yaml");
    System.out.println("  kubectl --server " + shop.uri() + " get synctarget edge-1 -o yaml");
    new CountDownLatch(1).await();
  }
}
