package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.Asked.Place;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTest {
  private static Asked asked(String method, String target) {
    return Asked.by(TrafficFixture.request(method, target, ""));
  }

  private static Place place(String resource, String namespace, String name, String subresource) {
    return new Place(GroupResource.parse(resource), namespace, name, subresource);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/pods, LIST",
    "GET, /api/v1/pods?watch=true, WATCH",
    "GET, /api/v1/pods?watch=1, WATCH",
    "GET, /api/v1/pods?watch=false, LIST",
    "GET, /api/v1/watch/pods, WATCH",
    "GET, /api/v1/namespaces/a/pods/x, GET",
    "GET, /api/v1/namespaces/a/pods/x?watch=true, WATCH",
    "GET, /apis, GET",
    "HEAD, /apis, GET",
    "POST, /api/v1/namespaces/a/pods, CREATE",
    "PUT, /api/v1/namespaces/a/pods/x, UPDATE",
    "PATCH, /api/v1/namespaces/a/pods/x, APPLY",
    "DELETE, /api/v1/namespaces/a/pods/x, DELETE",
    "DELETE, /api/v1/namespaces/a/pods, DELETE",
  })
  void readsTheVerb(String method, String target, Verb verb) {
    assertThat(asked(method, target).verb()).isEqualTo(verb);
  }

  @Test
  void otherPatchesAreNoApply() {
    HttpRequest patch =
        new HttpRequest(
            "PATCH",
            "/api/v1/nodes/n",
            "",
            Map.of("content-type", "application/merge-patch+json"),
            new byte[0]);

    assertThat(Asked.by(patch).verb()).isEqualTo(Verb.PATCH);
  }

  @Test
  void readsWhatItIsAbout() {
    assertThat(asked("GET", "/api/v1/namespaces/a/pods/x/log").place())
        .isEqualTo(place("pods", "a", "x", "log"));
    assertThat(asked("GET", "/apis/apps/v1/deployments").place())
        .isEqualTo(place("deployments.apps", "", "", ""));
    assertThat(
            asked("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode").place())
        .isEqualTo(place("clusterroles.rbac.authorization.k8s.io", "", "system:node", ""));
    assertThat(asked("GET", "/api/v1/watch/namespaces/a/pods/x").place())
        .isEqualTo(place("pods", "a", "x", ""));
  }

  @Test
  void aNamespaceIsAnObjectToo() {
    assertThat(asked("GET", "/api/v1/namespaces").place())
        .isEqualTo(place("namespaces", "", "", ""));
    assertThat(asked("GET", "/api/v1/namespaces/a").place())
        .isEqualTo(place("namespaces", "", "a", ""));
    assertThat(asked("PUT", "/api/v1/namespaces/a/finalize").place())
        .isEqualTo(place("namespaces", "", "a", "finalize"));
    assertThat(asked("GET", "/api/v1/namespaces/a/status").place())
        .isEqualTo(place("namespaces", "", "a", "status"));
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "/version",
    "/api",
    "/api/v1",
    "/apis",
    "/apis/apps",
    "/apis/apps/v1",
    "/openapi/v3/apis/apps/v1",
    "/api/v1/Not_A_Resource"
  })
  void whatIsNoResourceIsAPath(String path) {
    Asked asked = asked("GET", path);

    assertThat(asked.place()).isEqualTo(Place.path(path));
    assertThat(asked.verb()).isEqualTo(Verb.GET);
  }

  @Test
  void readsTheWorkspace() {
    Asked asked = asked("GET", "/clusters/root:org:shop/apis/apps/v1/namespaces/a/deployments/web");

    assertThat(asked.workspace()).isEqualTo("root:org:shop");
    assertThat(asked.place()).isEqualTo(place("deployments.apps", "a", "web", ""));
    assertThat(asked("GET", "/clusters/root:shop").place()).isEqualTo(Place.path("/"));
  }

  @Test
  void theManagerIsTheFieldManagerElseTheUserAgentsProduct() {
    assertThat(asked("PUT", "/api/v1/nodes/n?fieldManager=a%2Fb").manager()).isEqualTo("a/b");
    assertThat(asked("PUT", "/api/v1/nodes/n").manager()).isEqualTo("agent");
  }

  @Test
  void readsDryRunFromQueryAndDeleteOptions() {
    HttpRequest delete =
        TrafficFixture.request("DELETE", "/api/v1/nodes/n", "{\"dryRun\":[\"All\"]}");

    assertThat(asked("PATCH", "/api/v1/nodes/n?dryRun=All").dryRun()).isTrue();
    assertThat(asked("PATCH", "/api/v1/nodes/n").dryRun()).isFalse();
    assertThat(Asked.by(delete).dryRun()).isTrue();
  }
}
