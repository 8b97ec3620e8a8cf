package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.Health;
import io.kcp.upstream.status.health.Assessment;
import io.kcp.upstream.sync.WorkKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of an object is found again as it was, however little is kept of it. */
class HealthBookTest {
  private static final GroupResource PODS = GroupResource.parse("pods");
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

  private final HealthBook book = new HealthBook();

  private static WorkKey key(int number) {
    return new WorkKey(PODS, "shop", "web-" + number);
  }

  private static Standing standing(Health health, String message, long generation, Instant since) {
    Assessment told =
        new Assessment(health, false, false, true, "R", message, "r", null, null, List.of());
    return Standing.of(generation, told, since);
  }

  @Test
  void whatDoesWellIsFoundAsItWas() {
    Standing well = standing(Health.HEALTHY, "it runs", 7, SINCE);
    book.put(key(1), well);

    assertThat(book.find(key(1))).contains(well);
    assertThat(book.find(key(2))).isEmpty();
    assertThat(well.reported(7).generation()).isEqualTo(7);
    assertThat(well.reported(8).generation()).isNotEqualTo(8);
  }

  @Test
  void moreWordsThanThereIsRoomForAreKeptAllTheSame() {
    for (int i = 0; i < SharedWords.MOST + 10; i++) {
      book.put(key(i), standing(Health.HEALTHY, "message " + i, i, SINCE.plusSeconds(i)));
    }

    for (int i = 0; i < SharedWords.MOST + 10; i++) {
      assertThat(book.find(key(i)))
          .contains(standing(Health.HEALTHY, "message " + i, i, SINCE.plusSeconds(i)));
    }
    assertThat(book.worst(10)).isEmpty();
  }

  @Test
  void aThousandChangesByChanceAreCountedAndFound() {
    Random random = new Random(42);
    Map<WorkKey, Standing> model = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      WorkKey key = key(random.nextInt(1000));
      if (random.nextInt(3) == 0) {
        book.forget(key);
        model.remove(key);
      } else {
        Health health = List.of(Health.values()).get(random.nextInt(Health.values().length));
        Standing next = standing(health, "m", random.nextInt(9), SINCE.plusSeconds(i));
        book.put(key, next);
        model.put(key, next);
      }
    }

    for (int i = 0; i < 1000; i++) {
      assertThat(book.find(key(i)).orElse(null)).isEqualTo(model.get(key(i)));
      assertThat(book.knows(key(i))).isEqualTo(model.containsKey(key(i)));
    }
    for (Health health : Health.values()) {
      long expected = model.values().stream().filter(s -> s.told().health() == health).count();
      assertThat(book.counts().get(PODS).getOrDefault(health, 0L)).isEqualTo(expected);
    }
  }

  @Test
  void theWorstComeFirstAndWhatDoesWellIsNotAmongThem() {
    book.put(key(1), standing(Health.HEALTHY, "", 1, SINCE));
    book.put(key(2), standing(Health.PROGRESSING, "", 1, SINCE));
    book.put(key(3), standing(Health.DEGRADED, "", 1, SINCE.plusSeconds(9)));
    book.put(key(4), standing(Health.DEGRADED, "", 1, SINCE));
    book.put(key(5), standing(Health.SUSPENDED, "", 1, SINCE));

    assertThat(book.worst(3)).extracting(Map.Entry::getKey).containsExactly(key(4), key(3), key(2));
    book.put(key(4), standing(Health.HEALTHY, "", 1, SINCE));
    assertThat(book.worst(9)).extracting(Map.Entry::getKey).containsExactly(key(3), key(2));
  }
}
