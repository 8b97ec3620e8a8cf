package io.kcp.upstream.testkit;

import static io.kcp.upstream.testkit.TrafficFixture.DEPLOYMENTS;
import static io.kcp.upstream.testkit.TrafficFixture.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final TrafficFixture fixture = new TrafficFixture();
  private final Faults faults = fixture.faults;

  @Nested
  class Meets {
    @Test
    void everyMatchingRequestUntilItIsLifted() {
      Faults.Fault fault = faults.on(Verb.LIST, "deployments.apps").respond(503);

      assertThat(fixture.get(DEPLOYMENTS).status()).isEqualTo(503);
      assertThat(fixture.get(DEPLOYMENTS).status()).isEqualTo(503);
      assertThat(fixture.get(WEB).status()).isEqualTo(200);
      fault.lift();
      fault.lift();
      assertThat(fixture.get(DEPLOYMENTS).status()).isEqualTo(200);
      assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void onlyTheNthUnlessTimesSaysMore() {
      faults.on(Verb.GET, "deployments.apps").nth(2).respond(500);
      faults.on(Verb.LIST, "deployments.apps").nth(2).times(2).respond(500);

      assertThat(statuses(4, WEB)).containsExactly(200, 500, 200, 200);
      assertThat(statuses(5, DEPLOYMENTS)).containsExactly(200, 500, 500, 200, 200);
    }

    @Test
    void onlyTheFirstWhereTheFirstIsNamed() {
      faults.on(Verb.GET, "deployments.apps").nth(1).respond(500);

      assertThat(statuses(2, WEB)).containsExactly(500, 200);
    }

    @Test
    void onlyItsNamespaceManagerAndSubresource() {
      faults.on(Verb.APPLY, "deployments.apps/status").namespace("shop").manager("a").respond(500);

      assertThat(fixture.apply(WEB + "/status?fieldManager=a", "{}").status()).isEqualTo(500);
      assertThat(fixture.apply(WEB + "/status?fieldManager=b", "{}").status()).isEqualTo(200);
      assertThat(fixture.apply(WEB + "?fieldManager=a", "{}").status()).isEqualTo(200);
      String elsewhere = WEB.replace("shop", "other") + "/status?fieldManager=a";
      assertThat(fixture.apply(elsewhere, "{}").status()).isEqualTo(200);
    }

    @Test
    void aPathAndAnything() {
      faults.on(Verb.GET, "/apis/apps/v1").times(1).respond(404);
      faults.on(Verb.WATCH, "*").respond(500);

      assertThat(fixture.get("/apis/apps/v1").status()).isEqualTo(404);
      assertThat(fixture.get(DEPLOYMENTS + "?watch=true").status()).isEqualTo(500);
      assertThat(fixture.get("/api/v1/pods?watch=true").status()).isEqualTo(500);
    }

    @Test
    void theOldestOfSeveralActsAndAllCount() {
      faults.on(Verb.GET, "deployments.apps").times(1).respond(500);
      Faults.Fault second = faults.on(Verb.GET, "deployments.apps").nth(2).respond(503);

      assertThat(statuses(3, WEB)).containsExactly(500, 503, 200);
      assertThat(second.hits()).isEqualTo(1);
    }

    @Test
    void onlyRequestsToItsWorkspace() {
      new SurfaceFaults(fixture.traffic.faults(), "root:a").on(Verb.GET, "*").respond(500);

      assertThat(fixture.get("/clusters/root:a" + WEB).status()).isEqualTo(500);
      assertThat(fixture.get("/clusters/root:b" + WEB).status()).isEqualTo(200);
    }

    @Test
    void nothingThatTheTestItselfDoes() {
      faults.on(Verb.GET, "*").respond(500);

      assertThat(fixture.act("GET", WEB, "").status()).isEqualTo(200);
    }

    @Test
    void exactlyTheNthHoweverManyThreadsAsk() {
      Faults.Fault fault = faults.on(Verb.GET, "*").nth(500).respond(500);

      IntStream.range(0, 1000).parallel().forEach(i -> fixture.get(WEB));

      assertThat(fault.hits()).isEqualTo(1);
      assertThat(fixture.journal.requests())
          .hasSize(1000)
          .filteredOn(request -> request.status() == 500)
          .hasSize(1);
    }

    @Test
    void refusesNumbersBelowOne() {
      assertThatThrownBy(() -> faults.on(Verb.GET, "*").nth(0)).hasMessageContaining("nth: 0");
      assertThatThrownBy(() -> faults.on(Verb.GET, "*").times(0)).hasMessageContaining("times: 0");
    }

    private List<Integer> statuses(int count, String target) {
      return IntStream.range(0, count).mapToObj(i -> fixture.get(target).status()).toList();
    }
  }

  @Nested
  class Answers {
    @Test
    void withAStatusObjectAndWithoutTheServer() {
      faults.on(Verb.APPLY, "deployments.apps").respond(409);

      RecordedAnswer answer = fixture.apply(WEB, "{}");

      assertThat(answer.body()).contains("\"kind\":\"Status\"", "\"reason\":\"Conflict\"");
      assertThat(fixture.store.seen()).isEmpty();
    }

    @Test
    void sayingWhenToComeAgainInWholeSecondsRoundedUp() {
      faults.on(Verb.GET, "*").respond(429, Duration.ofMillis(1001));

      RecordedAnswer answer = fixture.get(WEB);

      assertThat(answer.headers()).containsEntry("Retry-After", "2");
      assertThat(answer.body()).contains("\"retryAfterSeconds\":2");
    }

    @Test
    void withPlainText() {
      faults.on(Verb.GET, "*").respondText(429, "Too many requests");

      RecordedAnswer answer = fixture.get(WEB);

      assertThat(answer.body()).isEqualTo("Too many requests");
      assertThat(answer.headers().get("Content-Type")).startsWith("text/plain");
    }
  }

  @Nested
  class Connections {
    @Test
    void areResetBeforeTheServerSeesTheRequest() {
      faults.on(Verb.APPLY, "*").resetBeforeWrite();

      assertThat(fixture.apply(WEB, "{}").wasReset()).isTrue();
      assertThat(fixture.store.seen()).isEmpty();
    }

    @Test
    void areResetAfterTheServerHasDoneIt() {
      Faults.Fault fault = faults.on(Verb.APPLY, "*").resetAfterWrite();

      RecordedAnswer answer = fixture.apply(WEB, "{\"spec\":1}");

      assertThat(answer.wasReset()).isTrue();
      assertThat(answer.body()).isEmpty();
      assertThat(fault.hits()).isEqualTo(1);
      fault.lift();
      assertThat(fixture.get(WEB).body()).isEqualTo("{\"spec\":1}");
    }

    @Test
    void ofAWatchAreResetAfterItBegan() {
      faults.on(Verb.WATCH, "*").resetAfterWrite();

      assertThat(fixture.get(DEPLOYMENTS + "?watch=true").wasReset()).isTrue();
      assertThat(fixture.store.watchesAreOver()).isTrue();
      assertThat(fixture.traffic.openWatches()).isEmpty();
    }

    @Test
    void areCutInTheMiddleOfABody() {
      fixture.apply(WEB, "{\"a\":\"0123456789\"}");
      Faults.Fault fault = faults.on(Verb.GET, "*").truncate(8);

      RecordedAnswer answer = fixture.get(WEB);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"a\":\"01");
      assertThat(answer.wasCut()).isTrue();
      assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void areNotCutWhereTheBodyIsShorter() {
      Faults.Fault fault = faults.on(Verb.GET, "*").times(1).truncate(2);

      assertThat(fixture.get(WEB).wasEnded()).isTrue();
      assertThat(fault.hits()).isZero();

      fixture.apply(WEB, "{\"a\":1}");
      assertThat(fixture.get(WEB).wasCut()).isTrue();
      assertThat(fixture.get(WEB).wasEnded()).isTrue();
    }

    @Test
    void areCutInTheMiddleOfAnEvent() {
      faults.on(Verb.WATCH, "*").truncate(6);

      RecordedAnswer watch = fixture.get(DEPLOYMENTS + "?watch=true");
      fixture.store.event("one");
      fixture.store.event("two");

      assertThat(watch.body()).isEqualTo("one\ntw");
      assertThat(watch.wasCut()).isTrue();
    }
  }

  @Nested
  class Time {
    @Test
    void passesBeforeTheServerSeesTheRequest() {
      faults.on(Verb.GET, "*").delay(Duration.ofMillis(50));

      RecordedAnswer answer = fixture.get(WEB);

      assertThat(fixture.store.seen()).isEmpty();
      await().until(answer::wasEnded);
      assertThat(fixture.store.seen()).hasSize(1);
    }

    @Test
    void standsStillUntilTheFaultIsLifted() {
      Faults.Fault fault = faults.on(Verb.GET, "*").hang();
      RecordedAnswer first = fixture.get(WEB);
      RecordedAnswer second = fixture.get(WEB);
      assertThat(fault.hits()).isEqualTo(2);
      assertThat(fixture.store.seen()).isEmpty();

      fault.lift();

      await().until(() -> first.wasEnded() && second.wasEnded());
    }
  }

  @Nested
  class Watches {
    private static final String WATCH = DEPLOYMENTS + "?watch=true&resourceVersion=7";

    @Test
    void areDroppedAfterSoManyEvents() {
      Faults.Fault fault = faults.on(Verb.WATCH, "deployments.apps").dropAfterEvents(2);

      RecordedAnswer watch = fixture.get(WATCH);
      fixture.store.event("one");
      assertThat(watch.isOver()).isFalse();
      assertThat(fault.hits()).isZero();
      fixture.store.event("two");
      fixture.store.event("three");

      assertThat(watch.body()).isEqualTo("one\ntwo\n");
      assertThat(watch.wasCut()).isTrue();
      assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void areDroppedBeforeTheFirstEvent() {
      faults.on(Verb.WATCH, "*").dropAfterEvents(0);

      assertThat(fixture.get(WATCH).wasCut()).isTrue();
    }

    @Test
    void thatEndBeforeTheyAreDroppedLeaveTheFaultToTheNext() {
      Faults.Fault fault = faults.on(Verb.WATCH, "*").times(1).dropAfterEvents(1);
      fixture.get(WATCH).leave();

      RecordedAnswer next = fixture.get(WATCH);
      fixture.store.event("one");

      assertThat(next.wasCut()).isTrue();
      assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void getEventsTwiceHoweverTheyAreCutIntoPieces() {
      faults.on(Verb.WATCH, "*").duplicateEvents();

      RecordedAnswer watch = fixture.get(WATCH);
      fixture.store.bytes("one\ntw");
      fixture.store.bytes("o\n");

      assertThat(watch.body()).isEqualTo("one\none\ntwo\ntwo\n");
    }

    @Test
    void thatResumeAreTooOld() {
      Faults.Fault fault = faults.on(Verb.WATCH, "*").expire();

      RecordedAnswer fresh = fixture.get(DEPLOYMENTS + "?watch=true");
      RecordedAnswer fromAny = fixture.get(DEPLOYMENTS + "?watch=true&resourceVersion=0");
      RecordedAnswer resumed = fixture.get(WATCH);

      assertThat(fresh.isOver()).isFalse();
      assertThat(fromAny.isOver()).isFalse();
      assertThat(resumed.status()).isEqualTo(200);
      assertThat(resumed.body()).contains("\"type\":\"ERROR\"", "\"code\":410").endsWith("}\n");
      assertThat(resumed.wasEnded()).isTrue();
      assertThat(fault.hits()).isEqualTo(1);
    }

    @Test
    void listsThatContinueAreTooOld() {
      faults.on(Verb.LIST, "*").expire();

      assertThat(fixture.get(DEPLOYMENTS + "?limit=5").status()).isEqualTo(200);
      assertThat(fixture.get(DEPLOYMENTS + "?limit=5&continue=x").status()).isEqualTo(410);
    }

    @Test
    void areKnownWhileTheyAreOpen() {
      RecordedAnswer watch = fixture.get(WATCH);

      assertThat(fixture.traffic.openWatches())
          .singleElement()
          .asString()
          .contains("WATCH deployments.apps shop/", "agent");

      watch.leave();
      assertThat(fixture.traffic.openWatches()).isEmpty();
    }
  }

  @Nested
  class Random {
    @Test
    void harmsItsShareOfRequests() {
      Faults.Fault fault = faults.random(1, 0.25);

      IntStream.range(0, 2000).forEach(i -> fixture.get(WEB + i));

      assertThat(fault.hits()).isBetween(400, 600);
    }

    @Test
    void doesTheSameToTheSameRequestsInWhateverOrder() {
      faults.random(7, 0.5);
      TrafficFixture other = new TrafficFixture();
      other.faults.random(7, 0.5);

      List<String> forwards = IntStream.range(0, 200).mapToObj(i -> outcome(fixture, i)).toList();
      List<String> backwards =
          IntStream.range(0, 200).mapToObj(i -> outcome(other, 199 - i)).sorted().toList();

      assertThat(forwards.stream().sorted().toList()).isEqualTo(backwards);
      assertThat(forwards.stream().map(text -> text.substring(text.indexOf(' '))).distinct())
          .hasSizeGreaterThan(4);
    }

    @Test
    void anotherSeedDoesOtherThings() {
      faults.random(7, 0.5);
      TrafficFixture other = new TrafficFixture();
      other.faults.random(8, 0.5);

      assertThat(IntStream.range(0, 200).mapToObj(i -> outcome(fixture, i)))
          .isNotEqualTo(IntStream.range(0, 200).mapToObj(i -> outcome(other, i)).toList());
    }

    @Test
    void refusesAShareThatIsNone() {
      assertThatThrownBy(() -> faults.random(1, 0)).hasMessageContaining("share: 0.0");
      assertThatThrownBy(() -> faults.random(1, 1.5)).hasMessageContaining("share: 1.5");
    }

    /** A delayed request has passed, sooner or later. */
    private static String outcome(TrafficFixture fixture, int i) {
      String body = "{\"metadata\":{\"name\":\"n" + i + "\"}}";
      RecordedAnswer answer = fixture.client("POST", DEPLOYMENTS, body);
      String refusal = answer.status() < 300 ? "passed" : Integer.toString(answer.status());
      return i + " " + (answer.wasReset() ? "reset" : refusal);
    }
  }

  @Nested
  class Unfired {
    @Test
    void isToldUnlessItIsOptional() {
      faults.on(Verb.APPLY, "deployments.apps").nth(3).resetAfterWrite();
      faults.on(Verb.LIST, "pods").respond(500).optional();
      faults.on(Verb.GET, "deployments.apps").respond(500);
      fixture.get(WEB);

      assertThat(fixture.traffic.faults().unfired())
          .containsExactly("APPLY deployments.apps from #3: reset after the write");
    }

    @Test
    void randomFaultsTellTheirSeed() {
      faults.random(42, 0.1);

      assertThat(fixture.traffic.faults().seeds()).containsExactly("random(seed 42, share 0.1)");
    }
  }
}
