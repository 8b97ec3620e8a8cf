package io.kcp.upstream.mirror;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.kcp.upstream.mirror.ScriptedServer.CONFIG_MAPS;
import static io.kcp.upstream.mirror.ScriptedServer.event;
import static io.kcp.upstream.mirror.ScriptedServer.list;
import static io.kcp.upstream.mirror.ScriptedServer.object;
import static io.kcp.upstream.mirror.ScriptedServer.says;
import static io.kcp.upstream.mirror.ScriptedServer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.kcp.upstream.mirror.Mirror.State;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mirror of a server that answers wrongly, too late, or not at all. */
class MirrorFaultsIT {
  private static final String EXPIRED =
      "{\"kind\": \"Status\", \"status\": \"Failure\", \"reason\": \"Expired\", \"code\": 410}";

  private final ScriptedServer server = new ScriptedServer();
  private final MirrorFixture fixture = new MirrorFixture(server.client(), Duration.ofMillis(1500));

  @AfterEach
  void stop() {
    fixture.close();
    server.close();
  }

  @Nested
  class AListThatFails {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"metadata\": {\"resourceVersion\": \"9\"}, \"items\": [{\"metadata\": {\"name\": hunter2",
          "{}",
          "{\"kind\": \"Status\", \"status\": \"Success\"}",
          "{\"metadata\": {\"resourceVersion\": \"9\"}, \"items\": {}}",
          "{\"metadata\": {\"resourceVersion\": \"9\"}, \"items\": [{\"metadata\": {}}]}",
          "<html>hunter2</html>"
        })
    void keepsWhatIsThereAndQuotesNothing(String body) {
      Mirror mirror = synced();

      server.lists(body);

      await().until(() -> mirror.state() == State.RETRYING);
      await().until(() -> mirror.reason().equals("Unreadable"));
      assertThat(mirror.message()).doesNotContain("hunter2");
      assertThat(mirror.find("default", "a")).isPresent();
      assertThat(fixture.told()).containsExactly("default/a");
    }

    @Test
    void cutInTheMiddleDeletesNothing() {
      Mirror mirror = synced();

      server.lists(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

      await().until(() -> mirror.state() == State.RETRYING);
      assertThat(mirror.find("default", "a")).isPresent();
      assertThat(fixture.told()).containsExactly("default/a");
    }

    @Test
    void thatNeverEndsIsGivenUp() {
      Mirror mirror = synced();

      server.lists(
          aResponse().withBody(list("2", object("a", "1"))).withChunkedDribbleDelay(50, 600_000));

      await().until(() -> mirror.state() == State.RETRYING);
      assertThat(mirror.reason()).isEqualTo("NoAnswer");
      assertThat(mirror.find("default", "a")).isPresent();
    }

    @Test
    void isFollowedByOneThatTellsWhatVanished() {
      Mirror mirror = synced();
      server.lists(aResponse().withStatus(500));
      await().until(() -> mirror.state() == State.RETRYING);

      server.watches(says(event("ERROR", EXPIRED)), silence());
      server.lists(list("5", object("b", "4")));

      await().until(() -> mirror.find("default", "a").isEmpty());
      await().until(() -> mirror.state() == State.SYNCED);
      assertThat(fixture.told()).containsExactly("default/a", "default/b", "default/a");
    }
  }

  @Nested
  class ARefusal {
    @Test
    void inPlainTextWithRetryAfterIsHeeded() {
      server.lists(
          aResponse()
              .withStatus(429)
              .withHeader("Retry-After", "300")
              .withBody("Too many requests, please try again later."));

      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

      await().until(() -> mirror.state() == State.RETRYING);
      assertThat(mirror.reason()).isEqualTo("Http429");
      assertThat(mirror.message()).contains("Too many requests");
      await().during(Duration.ofMillis(300)).until(() -> server.listRequests().size() == 1);
      assertThat(mirror.stop(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void ofAForbiddenResourceIsAskedAgainSlowlyOrWhenTold() {
      server.lists(
          aResponse()
              .withStatus(403)
              .withBody(
                  "{\"kind\": \"Status\", \"message\": \"not you\", \"reason\": \"Forbidden\"}"));
      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);
      await().until(() -> mirror.state() == State.FORBIDDEN);
      assertThat(mirror.message()).contains("not you");

      server.lists(list("1"));
      server.watches(silence());
      mirror.retryNow();

      await().until(() -> mirror.state() == State.SYNCED);
      assertThat(mirror.size()).isZero();
      assertThat(fixture.states()).containsExactly(State.FORBIDDEN, State.SYNCED);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void ofAnUnknownResourceSaysThatItIsNotServedAndKeepsWhatIsThere(int code) {
      Mirror mirror = synced();

      server.lists(aResponse().withStatus(code));

      await().until(() -> mirror.state() == State.NOT_SERVED);
      assertThat(mirror.find("default", "a")).isPresent();
      assertThat(mirror.hasSynced()).isTrue();
    }

    @Test
    void byAServerThatIsNotThereIsRetrying() {
      server.close();

      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

      await().until(() -> mirror.state() == State.RETRYING);
      assertThat(mirror.reason()).isEqualTo("NoAnswer");
      assertThat(mirror.lastContact()).isEmpty();
    }
  }

  @Nested
  class AVersionThatIsGone {
    @Test
    void bySayingSoInTheStreamLeadsToAList() {
      relists(says(event("ERROR", EXPIRED)));
    }

    @Test
    void byAnswerLeadsToAList() {
      relists(aResponse().withStatus(410).withBody(EXPIRED));
    }

    @Test
    void forBeingInTheFutureLeadsToAList() {
      relists(
          aResponse()
              .withStatus(504)
              .withBody(
                  """
                  {"kind": "Status", "status": "Failure", "reason": "Timeout", "code": 504,
                   "details": {"causes": [{"reason": "ResourceVersionTooLarge"}]}}
                  """));
    }

    private void relists(ResponseDefinitionBuilder watch) {
      server.lists(list("5", object("a", "1")));
      server.watches(watch, silence());
      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 7);

      await().until(() -> server.watchRequests().size() == 2);

      assertThat(server.listRequests())
          .extracting(request -> request.queryParameter("limit").firstValue())
          .containsExactly("7", "7");
      await().until(() -> mirror.state() == State.SYNCED);
      assertThat(fixture.told()).containsExactly("default/a");
    }
  }

  @Nested
  class AWatch {
    @Test
    void resumesAfterTheLastEventOrBookmark() {
      server.lists(list("77", object("a", "1")));
      server.watches(
          says(
              event("MODIFIED", object("a", "78")),
              event("BOOKMARK", "{\"metadata\": {\"resourceVersion\": \"99\"}}")),
          silence());
      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

      await().until(() -> mirror.highestVersion().equals("99"));
      server.lists(list("99", object("a", "78")));
      await().until(() -> server.watchRequests().size() == 2);

      assertThat(server.watchRequests())
          .extracting(request -> request.queryParameter("resourceVersion").firstValue())
          .containsExactly("77", "99");
      assertThat(mirror.lastSyncResourceVersion()).isEqualTo("99");
      assertThat(mirror.find("default", "a").orElseThrow().resourceVersion()).isEqualTo("78");
    }

    @Test
    void thatSaysNothingIsGivenUpAfterItsTime() {
      server.lists(list("5", object("a", "1")));
      server.watches(silence());
      fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

      await().until(() -> server.watchRequests().size() > 1);
    }

    @Test
    void withOlderEventsChangesNothing() {
      server.lists(list("50", object("a", "40"), object("b", "41")));
      server.watches(
          says(
              event("MODIFIED", object("a", "30")),
              event("DELETED", object("b", "30")),
              event("UNHEARD_OF", object("b", "60")),
              event("ADDED", object("last", "51"))),
          silence());
      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

      await().until(() -> mirror.find("default", "last").isPresent());

      assertThat(mirror.find("default", "a").orElseThrow().resourceVersion()).isEqualTo("40");
      assertThat(mirror.find("default", "b")).isPresent();
      assertThat(fixture.told()).containsExactly("default/a", "default/b", "default/last");
    }

    @Test
    void withMalformedEventsLeadsToAList() {
      server.lists(list("5", object("a", "1")));
      server.watches(says("{\"type\": \"ADDED\", \"object\": hunter2}"), silence());
      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 7);

      await().until(() -> server.watchRequests().size() == 2);

      assertThat(server.listRequests().get(1).queryParameter("limit").firstValue()).isEqualTo("7");
      assertThat(mirror.find("default", "a")).isPresent();
    }

    @Test
    void thatEndsAtOnceAgainAndAgainIsSaidToFail() {
      server.lists(list("5", object("a", "1")));
      server.watches(says());
      fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

      await().until(() -> fixture.states().contains(State.RETRYING));
    }

    @Test
    void ofAServerWithoutNumberedVersionsBeginsWithAListEachTime() {
      server.lists(list("", object("a", "x")));
      server.watches(says(event("MODIFIED", object("a", "y"))), silence());
      fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 7);

      await().until(() -> server.watchRequests().size() == 2);

      assertThat(server.listRequests())
          .extracting(request -> request.queryParameter("limit").firstValue())
          .containsExactly("7", "7");
    }
  }

  @Nested
  class ARewoundCluster {
    @Test
    void isNotFollowedUntilAPersonSaysSo() {
      server.lists(list("501", object("a", "400")));
      server.watches(says(event("BOOKMARK", object("", "501"))));
      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);
      await().until(() -> mirror.state() == State.SYNCED);

      server.lists(list("300", object("b", "200")));

      await().until(() -> mirror.reason().equals("VersionsRanBackwards"));
      assertThat(mirror.message()).contains("300").contains("501");
      assertThat(mirror.find("default", "a")).isPresent();
      server.watches(silence());
      mirror.acceptRewind();
      await().until(() -> mirror.find("default", "a").isEmpty());
      assertThat(mirror.find("default", "b")).isPresent();
      assertThat(mirror.highestVersion()).isEqualTo("300");
    }

    @Test
    void isNoticedThoughItWasRestoredWhileNobodyLooked() {
      server.lists(list("300", object("a", "200")));
      Mirror mirror = fixture.create(CONFIG_MAPS, MirrorQuery.physical(), 500);
      mirror.expectAtLeast("500");

      mirror.start();

      await().until(() -> mirror.reason().equals("VersionsRanBackwards"));
      assertThat(mirror.size()).isZero();
      assertThat(mirror.hasSynced()).isFalse();
    }

    @Test
    void isFollowedAtOnceWhereThatIsAllowed() {
      server.lists(list("500", object("a", "400")));
      server.watches(says(event("BOOKMARK", object("", "500"))));
      Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.upstream(""), 500);
      await().until(() -> mirror.state() == State.SYNCED);

      server.lists(list("300", object("a", "200")));

      await()
          .until(() -> mirror.find("default", "a").orElseThrow().resourceVersion().equals("200"));
    }
  }

  @Test
  void stopsAtOnceThoughNoHeadOfAnAnswerComes() throws IOException {
    try (ServerSocket mute = new ServerSocket(0);
        MirrorFixture muteFixture =
            new MirrorFixture(
                new ApiClient().setBasePath("http://localhost:" + mute.getLocalPort()),
                Duration.ofMinutes(1))) {
      Mirror mirror = muteFixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);
      try (Socket asking = mute.accept()) {
        assertThat(asking.getInputStream().read()).isEqualTo('G');

        assertThat(mirror.stop(Duration.ofSeconds(5))).isTrue();
      }
      mirror.start();
      assertThat(muteFixture.threads()).hasSize(1).noneMatch(Thread::isAlive);
    }
  }

  @Test
  void mayBeStoppedByItsListener() {
    server.lists(list("5", object("a", "1"), object("b", "1")));
    fixture.onChange(Mirror::stop);

    fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

    await().until(() -> !fixture.threads().get(0).isAlive());
    assertThat(fixture.told()).containsExactly("default/a");
  }

  @Test
  void outlivesAListenerThatThrows() {
    server.lists(list("5", object("a", "1")));
    server.watches(silence());
    fixture.onChange(
        mirror -> {
          throw new IllegalStateException("as the test wants it");
        });

    Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);

    await().until(() -> mirror.state() == State.SYNCED);
  }

  /** A mirror with one object, whose watches end every few milliseconds. */
  private Mirror synced() {
    server.lists(list("1", object("a", "1")));
    server.watches(says(event("BOOKMARK", "{\"metadata\": {\"resourceVersion\": \"1\"}}")));
    Mirror mirror = fixture.start(CONFIG_MAPS, MirrorQuery.physical(), 500);
    await().until(() -> mirror.state() == State.SYNCED);
    return mirror;
  }
}
