package io.kcp.upstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.workload.v1alpha1.SyncTarget;
import io.kcp.workload.v1alpha1.SyncTargetList;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CRD of SyncTarget and its Java types, as an API server takes them. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SyncTargetCrdSuite {
  private static final String CRD = "/crds/workload.kcp.io_synctargets.yaml";
  private static final String COLLECTION = "/apis/workload.kcp.io/v1alpha1/synctargets";
  private static final String FULL = COLLECTION + "/full";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private TestCluster cluster;
  private ObjectTree full;

  /** A new server, which the suite closes. */
  abstract TestCluster start();

  @BeforeAll
  void storeAnObjectWithEveryField() throws Exception {
    cluster = start();
    ObjectTree wanted =
        Manifests.objects(text("/io/kcp/upstream/testkit/synctarget-full.yaml")).get(0);
    ObjectTree made = send("POST", COLLECTION, wanted).object();
    ObjectTree status = made.with("status", wanted.tree("status").orElseThrow());
    full = send("PUT", FULL + "/status", status).object();
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  void theCrdIsAcceptedWithoutAWarning() throws Exception {
    String path =
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/%s?fieldManager=it&force=true";

    Answer crd = apply(path.formatted("synctargets.workload.kcp.io"), text(CRD));
    Answer typo = send("PUT", FULL + "?dryRun=All", full.with("spec.typo", "x"));

    assertThat(crd.status()).as(crd.body()).isEqualTo(200);
    assertThat(crd.warnings()).isEmpty();
    assertThat(typo.warnings()).as("that a warning would be seen").isNotEmpty();
  }

  @Test
  void theExampleHasEveryFieldAndTheServerKeptThemAll() {
    ObjectTree wanted =
        Manifests.objects(text("/io/kcp/upstream/testkit/synctarget-full.yaml")).get(0);

    assertThat(wrongValues("spec").missing()).isEmpty();
    assertThat(wrongValues("status").missing()).isEmpty();
    assertThat(full.tree("spec")).isEqualTo(wanted.tree("spec"));
    assertThat(full.tree("status")).isEqualTo(wanted.tree("status"));
  }

  @TestFactory
  Stream<DynamicTest> refusesEachFieldThatIsWrongByItsName() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String part : List.of("spec", "status")) {
      WrongValues values = wrongValues(part);
      values
          .wrong()
          .forEach(
              (path, wrong) ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          path + " is wrong",
                          () -> {
                            for (Object value : wrong) {
                              assertRefused(full.with(path.toString(), value), path.toString());
                            }
                          })));
      for (FieldPath path : values.required()) {
        tests.add(
            DynamicTest.dynamicTest(
                path + " is missing",
                () -> assertRefused(full.without(path.toString()), path.toString())));
      }
      for (FieldPath path : values.objects()) {
        String typo = path.field("typo").toString();
        tests.add(
            DynamicTest.dynamicTest(
                typo + " is unknown", () -> assertRefused(full.with(typo, "x"), typo)));
      }
    }
    return tests.stream();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "paused | false | pausedUntil",
        "resources[0].group | * | resources[0].resource",
        "resources[0].resource | * | adoptionPolicy",
        "excludedResources[0].group | * | excludedResources[0].resource",
        "conflict.rules[0].group | * | conflict.rules[0].resource",
        "conflict.fallback | server-side-wins | conflict.fallback",
        "namespaceMapping.type | Same | namespaceMapping.prefix",
        "namespaceMapping.prefix | other- | namespaceMapping",
        "namespaceSelector.matchExpressions[0].operator | Exists | namespaceSelector.matchExpressions[0].values",
        "objectSelector.matchExpressions[0].operator | DoesNotExist | objectSelector.matchExpressions[0].values",
        "resources[0].namespaceSelector.matchExpressions[0].operator | Exists | resources[0].namespaceSelector.matchExpressions[0].values",
        "resources[0].objectSelector.matchExpressions[0].operator | Exists | resources[0].objectSelector.matchExpressions[0].values",
      })
  void refusesFieldsThatDoNotFitEachOther(String path, String value, String named)
      throws Exception {
    Object wrong = value.equals("false") ? (Object) false : value;

    assertRefused(full.with("spec.upstreamSync." + path, wrong), "spec.upstreamSync." + named);
  }

  @ParameterizedTest
  @CsvSource({
    "namespaceSelector.matchExpressions[0].values",
    "objectSelector.matchExpressions[0].values",
    "namespaceMapping.prefix",
  })
  void refusesAFieldThatAnotherNeeds(String path) throws Exception {
    assertRefused(full.without("spec.upstreamSync." + path), "spec.upstreamSync." + path);
  }

  @Test
  void theTypesReadAndReplaceAllOfIt() throws Exception {
    GenericKubernetesApi<SyncTarget, SyncTargetList> targets = typed();
    ObjectTree copy = ObjectTree.of(Map.of("metadata", Map.of("name", "typed")));
    copy = copy.with("apiVersion", full.apiVersion()).with("kind", full.kind());
    send("POST", COLLECTION, copy.with("spec", full.tree("spec").orElseThrow())).object();

    SyncTarget target = targets.get("typed").getObject();
    SyncTarget unchanged = targets.update(target).getObject();
    target.getSpec().upstreamSync.conflict.historyLimit = 3;
    SyncTarget changed = targets.update(target).getObject();

    assertThat(unchanged.getMetadata().getResourceVersion())
        .isEqualTo(target.getMetadata().getResourceVersion());
    assertThat(changed.getMetadata().getGeneration()).isEqualTo(2);
    assertThat(cluster.find("synctargets.workload.kcp.io", "", "typed").orElseThrow().tree("spec"))
        .isEqualTo(full.with("spec.upstreamSync.conflict.historyLimit", 3).tree("spec"));
    assertThat(targets.list().getObject().getItems())
        .extracting(found -> found.getMetadata().getName())
        .contains("full", "typed");
  }

  @Test
  void anInformerTakesTheTypes() throws Exception {
    SharedInformerFactory informers = new SharedInformerFactory(cluster.client());
    CompletableFuture<SyncTarget> changed = new CompletableFuture<>();
    CompletableFuture<SyncTarget> found = new CompletableFuture<>();
    informers
        .sharedIndexInformerFor(typed(), SyncTarget.class, 0)
        .addEventHandler(
            new ResourceEventHandler<SyncTarget>() {
              @Override
              public void onAdd(SyncTarget target) {
                if (target.getMetadata().getName().equals("watched")) {
                  found.complete(target);
                }
              }

              @Override
              public void onUpdate(SyncTarget before, SyncTarget after) {
                if (after.getSpec().unschedulable) {
                  changed.complete(after);
                }
              }

              @Override
              public void onDelete(SyncTarget target, boolean finalStateUnknown) {}
            });

    informers.startAllRegisteredInformers();
    try {
      cluster
          .as("it")
          .apply(
              "{apiVersion: workload.kcp.io/v1alpha1, kind: SyncTarget, metadata: {name: watched}}");
      found.get(20, TimeUnit.SECONDS);
      cluster
          .as("it")
          .set("synctargets.workload.kcp.io", "", "watched", "spec.unschedulable", true);
      assertThat(changed.get(20, TimeUnit.SECONDS).getMetadata().getName()).isEqualTo("watched");
    } finally {
      informers.stopAllRegisteredInformers();
    }
  }

  private GenericKubernetesApi<SyncTarget, SyncTargetList> typed() {
    return new GenericKubernetesApi<>(
        SyncTarget.class,
        SyncTargetList.class,
        SyncTarget.GROUP,
        SyncTarget.VERSION,
        SyncTarget.PLURAL,
        cluster.client());
  }

  private WrongValues wrongValues(String part) {
    FieldPath path = FieldPath.of(part);
    String schema = "spec.versions[0].schema.openAPIV3Schema.properties." + part;
    return WrongValues.of(
        Manifests.objects(text(CRD)).get(0).tree(schema).orElseThrow().asMap(),
        path,
        full.get(path).orElseThrow());
  }

  private void assertRefused(ObjectTree wrong, String field) throws Exception {
    boolean status = field.startsWith("status");
    Answer answer =
        send("PUT", FULL + (status ? "/status" : "") + "?dryRun=All&fieldValidation=Strict", wrong);

    assertThat(answer.status()).as(field + ": " + answer.message()).isIn(400, 422);
    assertThat(answer.message())
        .containsPattern("(^|[^\\w.])" + Pattern.quote(field) + "([^\\w.]|$)");
  }

  private record Answer(int status, String body, List<String> warnings) {
    ObjectTree object() {
      assertThat(status).as(body).isBetween(200, 201);
      return JsonText.tree(body.getBytes(StandardCharsets.UTF_8));
    }

    String message() {
      return JsonText.tree(body.getBytes(StandardCharsets.UTF_8)).string("message").orElse("");
    }
  }

  private Answer send(String method, String path, ObjectTree object) throws Exception {
    return send(method, path, "application/json", JsonText.bytes(object.asMap()));
  }

  private Answer apply(String path, String yaml) throws Exception {
    return send(
        "PATCH", path, "application/apply-patch+yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private Answer send(String method, String path, String type, byte[] body) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(cluster.uri() + path))
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body(), answer.headers().allValues("Warning"));
  }

  private static String text(String resource) {
    try (InputStream in = SyncTargetCrdSuite.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(resource, e);
    }
  }
}
