package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Harm to a share of all requests. What happens to a request depends on the seed, on what it asks
 * for and on how many alike came before it, and not on when other requests come.
 */
final class RandomHarm implements FaultRule.Selection {
  private static final int WAYS = 6;
  private static final int MAX_DELAY_MILLIS = 50;

  private final String workspace;
  private final long seed;
  private final double share;
  private final Map<Object, Integer> alike = new ConcurrentHashMap<>();

  /** What makes two requests alike. */
  private record Kind(String workspace, Verb verb, Asked.Place place, String created) {
    static Kind of(HttpRequest request, Asked asked) {
      String created =
          asked.verb() == Verb.CREATE
              ? JsonText.field(request.body(), "metadata").path("name").asText()
              : "";
      return new Kind(asked.workspace(), asked.verb(), asked.place(), created);
    }
  }

  RandomHarm(String workspace, long seed, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: %s is not above 0 and at most 1".formatted(share));
    }
    this.workspace = workspace;
    this.seed = seed;
    this.share = share;
  }

  @Override
  public @Nullable Harm harm(HttpRequest request, Asked asked) {
    if (!workspace.isEmpty() && !workspace.equals(asked.workspace())) {
      return null;
    }
    Kind kind = Kind.of(request, asked);
    int before = alike.merge(kind, 1, Integer::sum);
    SplittableRandom random = new SplittableRandom(seed + 31L * text(kind).hashCode() + before);
    random.nextLong();
    return random.nextDouble() < share ? harm(random) : null;
  }

  /** Hashes of strings, and of nothing else, are the same in every JVM. */
  private static String text(Kind kind) {
    return kind.workspace() + " " + kind.verb() + " " + kind.place() + " " + kind.created();
  }

  private static Harm harm(SplittableRandom random) {
    return switch (random.nextInt(WAYS)) {
      case 0 -> Harm.refuse(500);
      case 1 -> Harm.refuse(503);
      case 2 -> Harm.refuse(429, Duration.ofSeconds(1));
      case 3 -> Harm.resetBefore();
      case 4 -> Harm.resetAfter();
      default -> Harm.delay(Duration.ofMillis(1 + random.nextInt(MAX_DELAY_MILLIS)));
    };
  }
}
