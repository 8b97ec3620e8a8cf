package io.kcp.upstream.testkit;

import static io.kcp.upstream.testkit.TrafficFixture.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MisdeedsTest {
  private static final String SPEC_1 = "{\"spec\":{\"a\":1}}";
  private static final String SPEC_2 = "{\"spec\":{\"a\":2}}";

  private final TrafficFixture fixture = new TrafficFixture();

  @Test
  void aReaderMayReadAndNothingElse() {
    assertThat(fixture.reader("GET", WEB).status()).isEqualTo(200);
    assertThat(fixture.reader("DELETE", WEB).status()).isEqualTo(403);
    assertThat(
            fixture
                .reader("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                .status())
        .isEqualTo(403);

    assertThat(fixture.store.seen()).containsExactly("GET " + WEB);
    assertThat(fixture.journal.requests()).hasSize(3);
    assertThat(fixture.traffic.takeMisdeeds())
        .hasSize(2)
        .first()
        .asString()
        .contains("read-only client", "DELETE deployments.apps shop/web", "403");
    assertThat(fixture.traffic.takeMisdeeds()).isEmpty();
  }

  @Test
  void aReaderMeetsFaultsToo() {
    fixture.faults.on(Verb.GET, "*").respond(500);

    assertThat(fixture.reader("GET", WEB).status()).isEqualTo(500);
  }

  @Test
  void aStatusWriteThatChangesASpecIsTold() {
    fixture.apply(WEB, SPEC_1);

    fixture.apply(WEB + "/status?fieldManager=syncer", SPEC_2);

    assertThat(fixture.traffic.takeMisdeeds())
        .containsExactly(
            "a write to the status of deployments.apps shop/web by 'syncer' changed its spec");
  }

  @Test
  void aStatusWriteThatLeavesTheSpecAloneIsFine() {
    fixture.apply(WEB, SPEC_1);

    fixture.apply(WEB + "/status", SPEC_1);
    fixture.apply(WEB + "/status?dryRun=All", SPEC_2);

    assertThat(fixture.traffic.takeMisdeeds()).isEmpty();
  }

  @Test
  void aStatusWriteWhoseAnswerIsLostIsLookedAtToo() {
    fixture.apply(WEB, SPEC_1);
    fixture.faults.on(Verb.APPLY, "deployments.apps/status").resetAfterWrite();

    fixture.apply(WEB + "/status", SPEC_2);

    assertThat(fixture.traffic.takeMisdeeds()).hasSize(1);
  }

  @Test
  void aSpecThatSomebodyElseChangesMeanwhileIsNotHeldAgainstTheStatusWrite() {
    fixture.apply(WEB, SPEC_1);
    fixture.store.before("PATCH " + WEB + "/status", () -> fixture.act("PUT", WEB, SPEC_2));

    fixture.apply(WEB + "/status", SPEC_2);

    assertThat(fixture.traffic.takeMisdeeds()).isEmpty();
  }
}
