package io.kcp.upstream.testkit;

import static io.kcp.upstream.testkit.TrafficFixture.DEPLOYMENTS;
import static io.kcp.upstream.testkit.TrafficFixture.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.GroupResource;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private final TrafficFixture fixture = new TrafficFixture();

  @Test
  void keepsWhatWasAskedAndAnswered() {
    fixture.apply(WEB + "/status?fieldManager=syncer&dryRun=All", "{}");

    assertThat(fixture.journal.requests())
        .containsExactly(
            new Journal.Request(
                1,
                Verb.APPLY,
                GroupResource.parse("deployments.apps"),
                "shop",
                "web",
                "status",
                "syncer",
                true,
                200));
  }

  @Test
  void filtersAreViewsThatFollowWhatComesLater() {
    Journal writes = fixture.journal.writes();
    Journal statuses = fixture.journal.of(Verb.APPLY, "deployments.apps/status");
    Journal paths = fixture.journal.of(Verb.GET, "/apis/apps/v1");

    fixture.get(DEPLOYMENTS);
    fixture.apply(WEB, "{}");
    long mark = fixture.journal.mark();
    fixture.apply(WEB + "/status", "{}");
    fixture.get("/apis/apps/v1");

    assertThat(mark).isEqualTo(2);
    assertThat(numbers(writes)).containsExactly(2L, 3L);
    assertThat(numbers(statuses)).containsExactly(3L);
    assertThat(numbers(paths)).containsExactly(4L);
    assertThat(numbers(writes.since(mark))).containsExactly(3L);
    assertThat(numbers(fixture.journal.of(Verb.APPLY, "*"))).containsExactly(2L, 3L);
  }

  private static List<Long> numbers(Journal journal) {
    return journal.requests().stream().map(Journal.Request::number).toList();
  }

  @Test
  void ofAWorkspaceHasOnlyItsOwnRequests() {
    fixture.get("/clusters/root:a" + DEPLOYMENTS);
    fixture.get("/clusters/root:b" + DEPLOYMENTS);

    Journal one = JournalView.of(fixture.traffic.journal(), "root:b");

    assertThat(numbers(one)).containsExactly(2L);
    assertThat(one.mark()).isEqualTo(2);
  }

  @Test
  void aRequestWithoutAnAnswerHasNoStatus() {
    fixture.faults.on(Verb.LIST, "deployments.apps").resetBeforeWrite();

    fixture.get(DEPLOYMENTS);

    assertThat(fixture.journal.requests().get(0).status()).isZero();
  }

  @Test
  void doesNotHoldWhatTheTestItselfDoes() {
    fixture.act("GET", DEPLOYMENTS, "");

    assertThat(fixture.journal.requests()).isEmpty();
    assertThat(fixture.store.seen()).hasSize(1);
  }

  @Test
  void forgetsTheOldestBeyondItsBound() {
    JournalLog log = new JournalLog();
    Asked asked = Asked.by(TrafficFixture.request("GET", "/version", ""));
    for (int i = 0; i < JournalLog.LIMIT + 5; i++) {
      log.add(asked);
    }

    List<Journal.Request> requests = JournalView.of(log, "").requests();

    assertThat(requests).hasSize(JournalLog.LIMIT);
    assertThat(requests.get(0).number()).isEqualTo(6);
    assertThat(log.mark()).isEqualTo(JournalLog.LIMIT + 5);
  }

  @Test
  void refusesTextsThatNameNoResource() {
    assertThatThrownBy(() -> fixture.journal.of(Verb.GET, "Deployments"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Deployments");
  }
}
