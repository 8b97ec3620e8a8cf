package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.kcp.upstream.spi.ObjectTree;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What holds for every surface. */
abstract class TestClusterCases extends FaultCases {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, namespace: %s}
      spec:
        replicas: 3
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec: {containers: [{name: web, image: "web:1"}]}
      """;

  private void namespace(String name) {
    cluster()
        .as("kubectl")
        .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  @Test
  void servesSyncTargetsFromTheStart() {
    cluster()
        .as("admin")
        .apply(
            "{apiVersion: workload.kcp.io/v1alpha1, kind: SyncTarget, metadata: {name: edge-1}}");

    assertThat(cluster().find("synctargets.workload.kcp.io", "", "edge-1")).isPresent();
  }

  @Test
  void anActorAppliesSetsAndDeletes() {
    namespace("acts");
    TestCluster.Actor kubectl = cluster().as("kubectl");
    kubectl.apply(WEB.formatted("acts"));

    kubectl.set("deployments.apps", "acts", "web", "spec.replicas", 5);
    kubectl.set("deployments.apps", "acts", "web", "status", Map.of("replicas", 4));

    ObjectTree web = cluster().find("deployments.apps", "acts", "web").orElseThrow();
    assertThat(web.integer("spec.replicas")).isEqualTo(OptionalLong.of(5));
    assertThat(web.integer("status.replicas")).isEqualTo(OptionalLong.of(4));
    assertThat(web.items("metadata.managedFields"))
        .allSatisfy(entry -> assertThat(entry.string("manager")).hasValue("kubectl"));

    kubectl.delete("deployments.apps", "acts", "web");
    cluster().awaitGone("deployments.apps", "acts", "web");
    assertThat(cluster().find("deployments.apps", "acts", "web")).isEmpty();
    assertThat(cluster().find("gadgets.example.com", "acts", "web")).isEmpty();
  }

  @Test
  void aRefusalShowsTheServersMessage() {
    assertThatThrownBy(() -> cluster().as("kubectl").apply(WEB.formatted("nowhere")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("404")
        .hasMessageContaining("namespaces \"nowhere\" not found");
  }

  @Test
  void anApplyConflictsUnlessItIsForced() {
    namespace("owners");
    cluster().as("one").apply(WEB.formatted("owners"));
    String other = WEB.formatted("owners").replace("replicas: 3", "replicas: 7");

    assertThatThrownBy(() -> cluster().as("two").apply(other))
        .hasMessageContaining("conflict with \"one\"");

    cluster().as("two").forceApply(other);
    ObjectTree web = cluster().find("deployments.apps", "owners", "web").orElseThrow();
    assertThat(web.integer("spec.replicas")).isEqualTo(OptionalLong.of(7));
  }

  @Test
  void awaitsByWatchWhatIsNotThereYet() throws Exception {
    CompletableFuture<ObjectTree> awaited =
        CompletableFuture.supplyAsync(
            () ->
                cluster()
                    .await(
                        "configmaps",
                        "default",
                        "late",
                        found -> found.string("data.step").equals(Optional.of("2"))));
    cluster()
        .as("kubectl")
        .apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: late}, data: {step: '1'}}");
    cluster().as("kubectl").set("configmaps", "default", "late", "data.step", "2");

    assertThat(awaited.get().kind()).isEqualTo("ConfigMap");
  }

  @Test
  void theClientsRequestsAreJournaledAndTheTestsOwnAreNot() throws Exception {
    long mark = cluster().journal().mark();
    cluster().as("kubectl").apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: own}}");
    CoreV1Api api = new CoreV1Api(cluster().client());

    api.createNamespacedConfigMap(
            "default", new V1ConfigMap().metadata(new V1ObjectMeta().name("made")))
        .fieldManager("maker")
        .execute();
    api.readNamespacedConfigMap("made", "default").execute();

    List<Journal.Request> requests = cluster().journal().since(mark).requests();
    assertThat(requests)
        .extracting(Journal.Request::verb, Journal.Request::name, Journal.Request::status)
        .containsExactly(tuple(Verb.CREATE, "", 201), tuple(Verb.GET, "made", 200));
    assertThat(requests.get(0).manager()).isEqualTo("maker");
    assertThat(cluster().journal().since(mark).writes().of(Verb.CREATE, "configmaps").requests())
        .hasSize(1);
  }

  @Test
  void theReadOnlyClientReadsAndIsRefusedToWrite() throws Exception {
    CoreV1Api api = new CoreV1Api(cluster().readOnlyClient());

    assertThat(api.listNamespace().execute().getItems()).isNotEmpty();
    assertThatThrownBy(() -> api.deleteNamespace("default").execute())
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.getCode()).isEqualTo(403));
  }

  @Test
  void aFaultMeetsTheClientAndNotTheTest() throws Exception {
    Faults.Fault fault = cluster().faults().on(Verb.LIST, "namespaces").times(1).respond(503);
    CoreV1Api api = new CoreV1Api(cluster().client());

    assertThat(cluster().find("namespaces", "", "default")).isPresent();
    assertThatThrownBy(() -> api.listNamespace().execute())
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.getCode()).isEqualTo(503));
    assertThat(api.listNamespace().execute().getItems()).isNotEmpty();
    assertThat(fault.hits()).isEqualTo(1);
  }

  @Test
  void aWaitInVainShowsTheObjectAndTheLastRequests() throws Exception {
    cluster()
        .as("kubectl")
        .apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: stays}, data: {step: one}}");
    new CoreV1Api(cluster().client()).readNamespacedConfigMap("stays", "default").execute();

    assertThatThrownBy(() -> awaitBriefly("stays", Optional::isEmpty))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("configmaps/default/stays")
        .hasMessageContaining("step: one")
        .hasMessageContaining("GET configmaps default/stays");
    assertThatThrownBy(() -> awaitBriefly("never", Optional::isPresent))
        .hasMessageContaining("it is not there");
  }

  private void awaitBriefly(String name, Predicate<Optional<ObjectTree>> wanted) {
    Surface surface = surface();
    var unused =
        surface
            .awaited(new Awaited.Subject("configmaps", "default", name), Duration.ofMillis(300))
            .until(wanted, "something", surface::requests);
  }

  /** The same as {@link #cluster()}. */
  abstract Surface surface();

  @Test
  void aResourceThatIsNotServedHasNoObjects() {
    cluster().awaitGone("gadgets.example.com", "default", "a");
    assertThat(cluster().find("gadgets.example.com", "default", "a")).isEmpty();
    assertThatThrownBy(() -> cluster().as("kubectl").delete("gadgets.example.com", "default", "a"))
        .hasMessageContaining("gadgets.example.com is served");
    assertThatThrownBy(
            () -> cluster().as("kubectl").apply("{apiVersion: example.com/v1, kind: Gadget}"))
        .hasMessageContaining("no kind Gadget of example.com/v1 is served");
  }

  @Test
  void aTypingErrorInAManifestIsRefused() {
    assertThatThrownBy(
            () ->
                cluster()
                    .as("kubectl")
                    .apply(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: typo}, dta: {a: b}}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("dta");
  }

  @Test
  void theKubeconfigLeadsToTheServer() {
    assertThat(cluster().kubeconfig()).contains("server: \"" + cluster().uri() + "\"");
    assertThat(cluster().client().getBasePath()).isEqualTo(cluster().uri().toString());
    assertThat(cluster().client().getReadTimeout()).isZero();
    assertThat(cluster().client().getConnectTimeout()).isPositive();
  }
}
