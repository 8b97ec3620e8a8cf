package io.kcp.upstream.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ConflictRecord.Outcome;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ConflictHistoryTest {
  private static ConflictRecord record(String field, Outcome outcome, long second) {
    return record("web", field, outcome, second);
  }

  private static ConflictRecord record(String name, String field, Outcome outcome, long second) {
    return new ConflictRecord(
        Instant.ofEpochSecond(second),
        "root:shop",
        "edge-1",
        ObjectKey.physical("deployments.apps", "shop", name),
        ObjectKey.upstream("deployments.apps", "shop", name),
        FieldPath.parse(field),
        Change.EDITED,
        Change.EDITED,
        3L,
        5L,
        Set.of("kubectl"),
        outcome,
        "three-way-merge",
        "SyncTarget",
        "BothChanged");
  }

  private static List<ConflictRecord> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> record("spec.f" + i, Outcome.TOOK_PHYSICAL, i))
        .toList();
  }

  @Test
  void keepsTheNewestAndTheyComeFirst() {
    try (ConflictHistory history = new ConflictHistory(2, List.of())) {
      history.add(records(3));

      assertThat(history.newestFirst())
          .extracting(record -> record.field().toString())
          .containsExactly("spec.f2", "spec.f1");

      history.limit(1);
      assertThat(history.newestFirst()).hasSize(1);
      history.limit(0);
      history.add(records(1));
      assertThat(history.newestFirst()).isEmpty();
    }
  }

  @Test
  void aNoisyObjectPushesOutNothingThatIsKnownOfAnother() {
    ObjectKey quiet = ObjectKey.physical("deployments.apps", "shop", "web");
    try (ConflictHistory history = new ConflictHistory(5, List.of())) {
      history.add(List.of(record("spec.a", Outcome.UNRESOLVED, 1)));
      for (int i = 0; i < 30; i++) {
        history.add(List.of(record("noisy", "spec.b", Outcome.TOOK_PHYSICAL, 2 + i)));
      }

      assertThat(history.newestFirst()).extracting(r -> r.physical().name()).containsOnly("noisy");
      assertThat(history.of(quiet)).extracting(r -> r.field().toString()).containsExactly("spec.a");
      assertThat(history.of(ObjectKey.physical("deployments.apps", "shop", "noisy")))
          .hasSize(10)
          .extracting(r -> r.time().getEpochSecond())
          .startsWith(31L, 30L);
      history.limit(0);
      assertThat(history.of(quiet)).isEmpty();
    }
  }

  @Test
  void whatIsKnownOfObjectsIsBounded() {
    try (ConflictHistory history = new ConflictHistory(200, List.of())) {
      for (int i = 0; i < 2000; i++) {
        history.add(List.of(record("o" + i, "spec.a", Outcome.UNRESOLVED, i)));
      }

      assertThat(history.of(ObjectKey.physical("deployments.apps", "shop", "o1400"))).isEmpty();
      assertThat(history.of(ObjectKey.physical("deployments.apps", "shop", "o1600"))).hasSize(1);
    }
  }

  @Test
  void anOpenFieldIsRecordedOnceUntilSomethingIsNew() {
    try (ConflictHistory history = new ConflictHistory(10, List.of())) {
      history.add(List.of(record("spec.a", Outcome.UNRESOLVED, 1)));
      history.add(List.of(record("spec.a", Outcome.UNRESOLVED, 2)));
      history.add(List.of(record("spec.b", Outcome.UNRESOLVED, 3)));
      history.add(List.of(record("spec.a", Outcome.HELD, 4)));
      history.add(List.of(record("spec.a", Outcome.HELD, 5)));
      history.add(List.of(record("spec.a", Outcome.UNRESOLVED, 6)));

      assertThat(history.newestFirst())
          .extracting(record -> record.time().getEpochSecond())
          .containsExactly(6L, 4L, 3L, 1L);
    }
  }

  @Test
  void everyWriteIsRecorded() {
    try (ConflictHistory history = new ConflictHistory(10, List.of())) {
      history.add(List.of(record("spec.a", Outcome.TOOK_PHYSICAL, 1)));
      history.add(List.of(record("spec.a", Outcome.TOOK_PHYSICAL, 2)));

      assertThat(history.newestFirst()).hasSize(2);
    }
  }

  @Test
  void listenersHearOfEachInOrderOnAThreadOfTheirOwnAndOneFaultStopsNobody() {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    List<String> threads = Collections.synchronizedList(new ArrayList<>());
    try (ConflictHistory history =
        new ConflictHistory(
            1,
            List.of(
                record -> {
                  throw new IllegalStateException("broken");
                },
                record -> {
                  threads.add(Thread.currentThread().getName());
                  heard.add(record.field().toString());
                }))) {
      history.add(records(3));

      Awaitility.await().until(() -> heard.size() == 3);
      assertThat(heard).containsExactly("spec.f0", "spec.f1", "spec.f2");
      assertThat(threads).containsOnly("upstream-sync-conflicts");
    }
  }

  @Test
  void tooSlowAListenerMissesTheOldestAndThatIsCounted() {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch began = new CountDownLatch(1);
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    try (ConflictHistory history =
        new ConflictHistory(
            1,
            List.of(
                record -> {
                  began.countDown();
                  await(go);
                  heard.add(record.field().toString());
                }))) {
      history.add(records(1));
      await(began);

      history.add(records(10_002));
      assertThat(history.dropped()).isEqualTo(2);

      go.countDown();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 10_001);
      assertThat(heard.get(1)).isEqualTo("spec.f2");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void leavesNoThread() {
    ConflictHistory history = new ConflictHistory(1, List.of(record -> {}));
    history.close();
    history.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("upstream-sync-conflicts"));
  }
}
