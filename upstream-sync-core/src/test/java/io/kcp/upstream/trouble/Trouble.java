package io.kcp.upstream.trouble;

import io.kcp.upstream.testkit.Faults;
import io.kcp.upstream.testkit.TestCluster;
import io.kcp.upstream.testkit.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What goes wrong on the way to the servers. */
final class Trouble {
  private static final Verb[] READS = {Verb.GET, Verb.LIST, Verb.WATCH};
  private static final Verb[] WRITES = {Verb.CREATE, Verb.APPLY, Verb.PATCH, Verb.DELETE};

  private final World world;
  private final Random random;
  private final List<Faults.Fault> faults = new ArrayList<>();

  Trouble(World world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** A share of all requests fails for the whole of the story. */
  void background(long seed) {
    keep(world.workspace().faults().random(seed, 0.05));
    keep(world.physical().faults().random(seed + 1, 0.05));
  }

  void step() {
    boolean above = random.nextInt(3) != 0;
    TestCluster cluster = above ? world.workspace() : world.physical();
    boolean write = above && random.nextBoolean();
    Verb verb = write ? WRITES[random.nextInt(WRITES.length)] : READS[random.nextInt(READS.length)];
    keep(harm(cluster.faults().on(verb, "*").times(1 + random.nextInt(4)), verb));
  }

  private Faults.Fault harm(Faults.Match match, Verb verb) {
    return switch (random.nextInt(12)) {
      case 0 -> match.respond(500);
      case 1 -> match.respond(503);
      case 2 -> match.respond(429);
      case 3 -> match.respond(403);
      case 4 -> match.respondText(404, "404 page not found");
      case 5 -> match.respondText(502, "<html><body>Bad Gateway</body></html>");
      case 6 -> match.resetBeforeWrite();
      case 7 -> match.resetAfterWrite();
      case 8 -> match.truncate(1 + random.nextInt(400));
      case 9 -> match.hang();
      case 10 -> match.delay(Duration.ofMillis(1 + random.nextInt(100)));
      default -> onReads(match, verb);
    };
  }

  private Faults.Fault onReads(Faults.Match match, Verb verb) {
    if (verb == Verb.WATCH) {
      return switch (random.nextInt(3)) {
        case 0 -> match.dropAfterEvents(random.nextInt(3));
        case 1 -> match.duplicateEvents();
        default -> match.expire();
      };
    }
    if (verb == Verb.LIST) {
      return random.nextBoolean() ? match.stale() : match.expire();
    }
    return match.resetAfterWrite();
  }

  private void keep(Faults.Fault fault) {
    faults.add(fault.optional());
  }

  void end() {
    faults.forEach(Faults.Fault::lift);
  }
}
