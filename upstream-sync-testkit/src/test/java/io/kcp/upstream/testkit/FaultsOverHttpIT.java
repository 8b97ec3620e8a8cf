package io.kcp.upstream.testkit;

import static io.kcp.upstream.testkit.TrafficFixture.DEPLOYMENTS;
import static io.kcp.upstream.testkit.TrafficFixture.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client on a real connection sees of the faults that are about connections. */
class FaultsOverHttpIT {
  private final StoreOfOne store = new StoreOfOne();
  private final ApiServer server = new ApiServer(store);
  private final Faults faults = new SurfaceFaults(server.traffic().faults(), "");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpRequest.Builder to(String target) {
    return HttpRequest.newBuilder(URI.create(server.clients() + target));
  }

  private HttpResponse<String> put(String body) throws Exception {
    return client.send(to(WEB).PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get() throws Exception {
    return client.send(to(WEB).build(), BodyHandlers.ofString());
  }

  private InputStream watch() throws Exception {
    HttpResponse<InputStream> answer =
        client.send(to(DEPLOYMENTS + "?watch=true").build(), BodyHandlers.ofInputStream());
    return answer.body();
  }

  @Test
  void aResetBeforeTheWriteLosesIt() throws Exception {
    faults.on(Verb.UPDATE, "*").resetBeforeWrite();

    assertThatThrownBy(() -> put("{\"a\":1}")).isInstanceOf(IOException.class);
    assertThat(get().body()).isEqualTo("{}");
  }

  @Test
  void aResetAfterTheWriteLosesOnlyTheAnswer() throws Exception {
    faults.on(Verb.UPDATE, "*").resetAfterWrite();

    assertThatThrownBy(() -> put("{\"a\":1}")).isInstanceOf(IOException.class);
    assertThat(get().body()).isEqualTo("{\"a\":1}");
  }

  @Test
  void aTruncatedBodyIsNoWholeOne() throws Exception {
    put("{\"a\":\"0123456789\"}");
    faults.on(Verb.GET, "*").times(1).truncate(5);

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(get().body()).isEqualTo("{\"a\":\"0123456789\"}");
  }

  @Test
  void aHangingRequestIsAnsweredWhenTheFaultIsLifted() throws Exception {
    Faults.Fault fault = faults.on(Verb.GET, "*").hang();
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(to(WEB).build(), BodyHandlers.ofString());
    await().until(() -> fault.hits() == 1);
    assertThat(answer).isNotDone();

    fault.lift();

    assertThat(answer.get().statusCode()).isEqualTo(200);
  }

  @Test
  void aHundredHangingRequestsStopNobodyElse() throws Exception {
    Faults.Fault fault = faults.on(Verb.LIST, "*").hang();
    for (int i = 0; i < 100; i++) {
      var unused = client.sendAsync(to(DEPLOYMENTS).build(), BodyHandlers.discarding());
    }
    await().until(() -> fault.hits() == 100);

    assertThat(get().statusCode()).isEqualTo(200);
  }

  @Test
  void aDroppedWatchEndsWithAnError() throws Exception {
    faults.on(Verb.WATCH, "*").dropAfterEvents(1);
    try (InputStream events = watch()) {
      store.event("one");

      assertThat(new String(events.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");
      assertThatThrownBy(events::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aWatchIsOpenUntilItsClientLeaves() throws Exception {
    try (InputStream events = watch()) {
      store.event("one");
      assertThat(events.read()).isEqualTo('o');
      assertThat(server.traffic().openWatches()).hasSize(1);
    }

    await().until(() -> server.traffic().openWatches().isEmpty());
    assertThat(store.watchesAreOver()).isTrue();
    assertThat(server.brokenRules()).isEmpty();
  }
}
