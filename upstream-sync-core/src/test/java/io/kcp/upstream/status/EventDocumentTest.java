package io.kcp.upstream.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.sync.Finding;
import io.kcp.upstream.sync.Verdict;
import io.kcp.upstream.sync.WorkKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDocumentTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Subject TARGET =
      new Subject("workload.kcp.io/v1alpha1", "SyncTarget", "", "edge-1", "u-1");
  private static final EventSettings SETTINGS =
      new EventSettings(TARGET, "replica-7", EventSettings.Pace.defaults());

  @Test
  void isFoundByTheCopyItIsAbout() {
    Subject web = new Subject("apps/v1", "Deployment", "shop", "web", "u-2");

    ObjectTree event = document(web, "Invalid").whole();

    assertThat(event.namespace()).isEqualTo("shop");
    assertThat(event.string("involvedObject.kind")).contains("Deployment");
    assertThat(event.string("involvedObject.uid")).contains("u-2");
    assertThat(event.string("involvedObject.namespace")).contains("shop");
    assertThat(event.string("message")).contains("so it is");
    assertThat(event.string("reportingComponent")).contains("upstream-sync");
    assertThat(event.string("reportingInstance")).contains("replica-7");
    assertThat(event.string("lastTimestamp")).contains("2026-01-01T00:00:00Z");
    assertThat(event.integer("count")).hasValue(2);
  }

  @Test
  void aboutTheSyncTargetItNamesTheObject() {
    ObjectTree event = document(TARGET, "Invalid").whole();

    assertThat(event.namespace()).isEqualTo("default");
    assertThat(event.string("involvedObject.namespace")).isEmpty();
    assertThat(event.string("message")).contains("deployments.apps/physical/web: so it is");
  }

  @Test
  void itsNameTellsReasonsAndIncarnationsApart() {
    Subject web = new Subject("apps/v1", "Deployment", "shop", "web", "u-2");
    Subject anew = new Subject("apps/v1", "Deployment", "shop", "web", "u-3");

    assertThat(document(web, "Invalid").name())
        .startsWith("web.")
        .isEqualTo(document(web, "Invalid").name())
        .isNotEqualTo(document(anew, "Invalid").name())
        .isNotEqualTo(document(web, "TooLarge").name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"system:node", "A", "-x-", "a..b"})
  void itsNameIsADnsNameWhateverTheObjectIsCalled(String name) {
    Subject role = new Subject("rbac.authorization.k8s.io/v1", "ClusterRole", "", name, "u-2");

    assertThat(document(role, "Invalid").name())
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  }

  @Test
  void itsNameIsNotTooLong() {
    Subject copy = new Subject("v1", "ConfigMap", "shop", "x".repeat(253), "u-2");

    assertThat(document(copy, "Invalid").name()).hasSizeLessThan(254);
  }

  private static EventDocument document(Subject subject, String reason) {
    WorkKey key = new WorkKey(GroupResource.parse("deployments.apps"), "physical", "web");
    Finding finding = new Finding(Verdict.FAILED, reason, "so it is");
    return new EventDocument(
        SETTINGS, subject, new Telling(new Telling.Id(key, reason), finding, true, 2, AT, AT, AT));
  }
}
