package io.kcp.upstream.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.SyncException;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One seed: what happens on both sides, what goes wrong, when the syncer ends; then the truth. */
final class Story {
  private static final Logger LOG = LoggerFactory.getLogger(Story.class);
  private static final int STEPS = 60;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final World world;
  private final long seed;
  private final Random random;
  private final Physical physical;
  private final Tenant tenant;
  private final Trouble trouble;
  private final Set<Kind> kinds;
  private final boolean lease;
  private final List<Incarnation> dead = new ArrayList<>();
  private final List<CompletableFuture<Void>> funerals = new ArrayList<>();
  private Spec spec;
  private Incarnation syncer;

  Story(World world, long seed) {
    this.world = world;
    this.seed = seed;
    this.random = new Random(seed);
    this.kinds = EnumSet.allOf(Kind.class);
    if (random.nextBoolean()) {
      kinds.remove(Kind.NAMESPACE);
    }
    this.lease = random.nextInt(12) == 0;
    Names names = Names.of(world, kinds);
    this.physical = new Physical(world, random, names);
    this.tenant = new Tenant(world, random, names);
    this.trouble = new Trouble(world, random);
    this.spec = Spec.random(random, kinds);
  }

  private final long begun = System.nanoTime();

  private void log(String what) {
    LOG.info("seed {} at {} ms: {}", seed, (System.nanoTime() - begun) / 1_000_000, what);
  }

  void run() throws InterruptedException {
    try {
      physical.begin();
      tenant.begin();
      select(spec);
      if (random.nextInt(4) == 0) {
        trouble.background(seed);
      }
      tryStart();
      for (int i = 0; i < STEPS; i++) {
        step();
      }
      log("all is quiet");
      trouble.end();
      converges();
      log("converged");
      whatTenantsAloneChangeIsPutRight();
      aRestartWritesNothing();
    } finally {
      trouble.end();
      if (syncer != null) {
        syncer.close();
      }
      bury();
      funerals.forEach(CompletableFuture::join);
    }
  }

  /** Their threads end, which may take a while. */
  private void bury() {
    dead.forEach(Incarnation::kill);
    dead.forEach(one -> funerals.add(CompletableFuture.runAsync(one::close)));
    dead.clear();
  }

  private void step() throws InterruptedException {
    int dice = random.nextInt(100);
    if (dice < 45) {
      physical.step();
    } else if (dice < 68) {
      tenant.step();
    } else if (dice < 83) {
      trouble.step();
    } else if (dice == 83) {
      types();
    } else if (dice < 86) {
      select(Spec.random(random, kinds));
    } else if (dice < 91) {
      log("ends");
      end();
      log("starts");
      tryStart();
      log("started");
    } else {
      letPass();
    }
  }

  /** A type is uninstalled on one side, and comes back sooner or later. */
  private void types() {
    if (random.nextBoolean()) {
      physical.uninstallOrInstall();
    } else {
      tenant.uninstallOrInstall();
    }
  }

  private void select(Spec next) {
    spec = next;
    LOG.debug("{}", spec);
    log(spec.toString());
    world.workspace().as("admin").forceApply(spec.yaml(world));
  }

  /** In good order, or at any instant, or a little after the next one has begun. */
  private void end() {
    if (syncer == null) {
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> syncer.close();
      case 1 -> {
        syncer.kill();
        dead.add(syncer);
      }
      default -> dead.add(syncer); // it does not know, and works on for a while
    }
    syncer = null;
  }

  private void tryStart() {
    if (syncer == null) {
      Incarnation next = incarnation();
      try {
        next.start();
        syncer = next;
      } catch (SyncException e) {
        LOG.debug("no start", e);
        next.close();
      }
      endTheDead();
    }
  }

  private void endTheDead() {
    if (random.nextBoolean()) {
      bury();
    }
  }

  private Incarnation incarnation() {
    return new Incarnation(
        world.physical().readOnlyClient(), world.workspace().client(), world.syncTarget(), lease);
  }

  private void letPass() throws InterruptedException {
    if (syncer != null && random.nextBoolean()) {
      syncer.inSync(Duration.ofMillis(200));
    } else {
      // A random instant; nothing is counted on to have happened by then.
      var unused = new CountDownLatch(1).await(random.nextInt(30), TimeUnit.MILLISECONDS);
    }
  }

  private void converges() throws InterruptedException {
    bury();
    physical.install();
    physical.collectGarbage();
    tenant.install();
    if (syncer == null) {
      syncer = incarnation();
      syncer.start();
    }
    awaitTruth("when all is quiet");
  }

  /** Nothing but a copy changes, and the syncer knows its pair: no event of another kind helps. */
  private void whatTenantsAloneChangeIsPutRight() throws InterruptedException {
    tenant.drift();
    awaitTruth("when copies alone were changed");
  }

  private void awaitTruth(String when) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    List<String> differences = differences();
    while (!differences.isEmpty() && System.nanoTime() < deadline) {
      releaseHolds();
      syncer.inSync(Duration.ofMillis(100));
      var unused = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
      differences = differences();
    }
    assertThat(differences.stream().map(this::explained).toList())
        .as("seed %d: what differs %s".formatted(seed, when))
        .isEmpty();
  }

  /** With what the syncer itself says of the object. */
  private String explained(String difference) {
    String key = difference.substring(0, Math.max(0, difference.indexOf(": ")));
    return key.isEmpty()
        ? difference
        : difference
            + "; explained: "
            + syncer.syncer().explain(ObjectKey.parse("physical:" + key));
  }

  private List<String> differences() throws InterruptedException {
    return Model.differences(world, spec, tenant);
  }

  /** What a person does who has looked at what is held. */
  private void releaseHolds() {
    ObjectTree target = world.workspace().find(World.TARGETS, "", world.syncTarget()).orElseThrow();
    for (ObjectTree hold : target.items("status.upstreamSync.holds")) {
      world
          .workspace()
          .as("admin")
          .set(
              World.TARGETS,
              "",
              world.syncTarget(),
              "metadata.annotations[\"upstream.workload.kcp.io/release\"]",
              hold.string("id").orElseThrow());
    }
  }

  private void aRestartWritesNothing() throws InterruptedException {
    syncer.close();
    Restart restart = new Restart(world);

    syncer = incarnation();
    syncer.record();
    syncer.start();
    assertThat(syncer.inSync(LIMIT)).as("seed %d: in sync".formatted(seed)).isTrue();
    syncer.close();
    List<String> writes = restart.writes(syncer);
    syncer = null;

    assertThat(writes)
        .as("seed %d: writes of a restart, by which %s".formatted(seed, restart.changes()))
        .isEmpty();
    assertThat(restart.changes()).as("seed %d: changes of a restart".formatted(seed)).isEmpty();
    assertThat(differences()).as("seed %d: after a restart".formatted(seed)).isEmpty();
  }
}
