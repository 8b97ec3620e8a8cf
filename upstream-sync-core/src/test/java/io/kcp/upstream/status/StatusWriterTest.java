package io.kcp.upstream.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kcp.upstream.wire.Json;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String PATH = "/apis/workload.kcp.io/v1alpha1/synctargets/edge-1/status";

  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
  private final StoppedClock clock = new StoppedClock(START);
  private TargetReport report = report(Condition.isTrue("Ready", "Running", "all is well"), "7");

  @BeforeEach
  void serve() {
    server.start();
    server.stubFor(patch(urlPathEqualTo(PATH)).willReturn(aResponse().withBody("{}")));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void writesOnceWhileNothingChanges() throws Exception {
    StatusWriter writer = writer(ObjectTree.of(Map.of()));

    writer.writeIfDue();
    clock.pass(Duration.ofSeconds(5));
    report = report(Condition.isTrue("Ready", "Running", "all is well"), "8");
    writer.writeIfDue();

    assertThat(bodies()).hasSize(1);
    ObjectTree status = bodies().get(0);
    assertThat(status.string("status.conditions[type=\"Ready\"].status")).contains("True");
    assertThat(status.integer("status.upstreamSync.objects.synced")).hasValue(3);
    assertThat(status.string("status.upstreamSync.resources[0].physicalResourceVersion"))
        .contains("7");
  }

  @Test
  void writesAtEachHeartbeatThoughNothingChanges() throws Exception {
    StatusWriter writer = writer(ObjectTree.of(Map.of()));

    writer.writeIfDue();
    clock.pass(Duration.ofSeconds(20));
    writer.writeIfDue();

    assertThat(bodies())
        .extracting(body -> body.string("status.lastSyncerHeartbeatTime").orElseThrow())
        .containsExactly("2026-01-01T00:00:00Z", "2026-01-01T00:00:20Z");
  }

  @Test
  void changesWithinTheCoalescingTimeWait() throws Exception {
    StatusWriter writer = writer(ObjectTree.of(Map.of()));

    writer.writeIfDue();
    report = report(Condition.isFalse("Ready", "PhysicalUnreachable", "no answer"), "8");
    clock.pass(Duration.ofMillis(999));
    writer.writeIfDue();
    assertThat(bodies()).hasSize(1);

    clock.pass(Duration.ofMillis(1));
    writer.writeIfDue();
    assertThat(bodies()).hasSize(2);
  }

  @Test
  void aConditionThatHoldsOnKeepsItsTimeOverARestart() throws Exception {
    ObjectTree previous =
        ObjectTree.of(
            Map.of(
                "status",
                Map.of(
                    "conditions",
                    List.of(
                        Map.of(
                            "type",
                            "Ready",
                            "status",
                            "True",
                            "lastTransitionTime",
                            "2025-05-05T05:05:05Z")))));
    StatusWriter writer = writer(previous);

    writer.writeNow();
    report = report(Condition.isFalse("Ready", "PhysicalUnreachable", "no answer"), "8");
    clock.pass(Duration.ofSeconds(2));
    writer.writeNow();

    assertThat(bodies())
        .extracting(
            body ->
                body.string("status.conditions[type=\"Ready\"].lastTransitionTime").orElseThrow())
        .containsExactly("2025-05-05T05:05:05Z", "2026-01-01T00:00:02Z");
  }

  @Test
  void leavesAConditionToItsOtherManager() throws Exception {
    server.stubFor(
        patch(urlPathEqualTo(PATH))
            .withQueryParam("force", equalTo("false"))
            .willReturn(
                aResponse()
                    .withStatus(409)
                    .withBody(
                        """
                        {"kind": "Status", "reason": "Conflict", "code": 409, "details": {"causes": [
                          {"reason": "FieldManagerConflict", "message": "conflict with \\"kcp\\"",
                           "field": ".status.conditions[type=\\"Ready\\"].status"}]}}\
                        """)));
    StatusWriter writer = writer(ObjectTree.of(Map.of()));

    writer.writeIfDue();

    ObjectTree forced = bodies().get(1);
    assertThat(forced.items("status.conditions")).isEmpty();
    assertThat(forced.integer("status.upstreamSync.objects.synced")).hasValue(3);
  }

  @Test
  void aConflictIsReportedWithoutValues() throws Exception {
    report =
        new TargetReport(
            1,
            "uid",
            START,
            Map.of(),
            1,
            2,
            List.of(
                new ConflictRecord(
                    START,
                    "root:shop",
                    "edge-1",
                    ObjectKey.physical("deployments.apps", "shop", "web"),
                    ObjectKey.upstream("deployments.apps", "shop", "web"),
                    FieldPath.parse("spec.replicas"),
                    Change.EDITED,
                    Change.UNKNOWN,
                    41L,
                    43L,
                    Set.of("kubectl"),
                    ConflictRecord.Outcome.KEPT_UPSTREAM,
                    "server-side-wins",
                    "replicas",
                    "")),
            List.of(),
            List.of(),
            List.of(),
            WorkloadSums.NONE);

    writer(ObjectTree.of(Map.of())).writeNow();

    ObjectTree conflict = bodies().get(0).items("status.upstreamSync.conflicts.recent").get(0);
    assertThat(conflict.string("decision")).contains("KeptUpstream");
    assertThat(conflict.string("field")).contains("spec.replicas");
    assertThat(conflict.toString() + conflict.asMap()).doesNotContain("41").doesNotContain("43");
  }

  private List<ObjectTree> bodies() throws IOException {
    List<LoggedRequest> requests = server.findAll(patchRequestedFor(urlPathEqualTo(PATH)));
    List<ObjectTree> bodies = new ArrayList<>();
    for (LoggedRequest request : requests) {
      bodies.add(ObjectTree.of(Json.readObject(request.getBody())));
    }
    return bodies;
  }

  private StatusWriter writer(ObjectTree previous) {
    ApiClient client = new ApiClient().setBasePath(server.baseUrl());
    ClusterEndpoint workspace =
        new ClusterEndpoint(
            "workspace",
            client,
            "",
            new EndpointLimits(1000, 1000, 4, 500, Duration.ofSeconds(5)),
            () -> client);
    return new StatusWriter(
        workspace,
        new StatusWriter.Settings(
            "edge-1", "upstream-sync/edge-1", Duration.ofSeconds(1), Duration.ofSeconds(20)),
        previous,
        () -> report,
        clock);
  }

  private static TargetReport report(Condition condition, String version) {
    return new TargetReport(
        1,
        "uid",
        START,
        Map.of("synced", 3L),
        0,
        0,
        List.of(),
        List.of(),
        List.of(
            new TargetReport.Resource(
                GroupResource.parse("configmaps"), "v1", "Synced", "", "", 3, 3, 0, version)),
        List.of(condition),
        WorkloadSums.NONE);
  }
}
