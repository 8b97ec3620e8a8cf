package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a server says that it serves. */
abstract class DiscoveryContract extends ApiServerContract {
  private static final String V2 =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final String V2BETA1 =
      "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList";

  private static JsonNode named(JsonNode list, String field, String name) {
    for (JsonNode item : list) {
      if (item.at("/" + field).asText().equals(name)) {
        return item;
      }
    }
    throw new AssertionError("there is no " + name + " in " + list);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Test
  @DisplayName("item 2: groups and versions")
  void listsGroupsAndVersions() {
    Answer core = server.get("/api").is(200);
    Answer groups = server.get("/apis").is(200);
    Answer group = server.get("/apis/ex.io").is(200);

    assertThat(core.at("/kind")).isEqualTo("APIVersions");
    assertThat(core.at("/versions")).isEqualTo("[\"v1\"]");
    assertThat(core.has("/serverAddressByClientCIDRs")).isTrue();
    assertThat(groups.at("/kind") + " " + groups.at("/apiVersion")).isEqualTo("APIGroupList v1");
    assertThat(groups.each("/groups", "/name")).contains("apps", "batch", "ex.io");
    JsonNode apps = named(groups.node("/groups"), "name", "apps");
    assertThat(apps.at("/versions/0/groupVersion").asText()).isEqualTo("apps/v1");
    assertThat(apps.at("/versions/0/version").asText()).isEqualTo("v1");
    assertThat(apps.at("/preferredVersion/groupVersion").asText()).isEqualTo("apps/v1");
    assertThat(group.at("/kind")).isEqualTo("APIGroup");
    assertThat(group.each("/versions", "/version")).containsExactly("v2", "v1");
    assertThat(group.at("/preferredVersion/version")).isEqualTo("v2");
  }

  @Test
  @DisplayName("item 2: resources, each subresource an entry of its own")
  void listsResourcesWithTheirVerbs() {
    Answer list = server.get("/apis/ex.io/v1").is(200);
    Answer core = server.get("/api/v1").is(200);

    assertThat(list.at("/kind")).isEqualTo("APIResourceList");
    assertThat(list.at("/groupVersion")).isEqualTo("ex.io/v1");
    JsonNode widgets = named(list.node("/resources"), "name", "widgets");
    assertThat(widgets.at("/kind").asText()).isEqualTo("Widget");
    assertThat(widgets.at("/singularName").asText()).isEqualTo("widget");
    assertThat(widgets.at("/namespaced").asBoolean()).isTrue();
    assertThat(texts(widgets.at("/verbs")))
        .containsExactly(
            "delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");
    assertThat(texts(widgets.at("/shortNames"))).containsExactly("wd");
    assertThat(texts(widgets.at("/categories"))).containsExactly("all");
    JsonNode status = named(list.node("/resources"), "name", "widgets/status");
    assertThat(texts(status.at("/verbs"))).containsExactly("get", "patch", "update");
    JsonNode scale = named(list.node("/resources"), "name", "widgets/scale");
    assertThat(scale.at("/kind").asText() + " " + scale.at("/group").asText())
        .isEqualTo("Scale autoscaling");
    JsonNode orbs = named(list.node("/resources"), "name", "orbs");
    assertThat(orbs.at("/namespaced").asBoolean()).isFalse();
    JsonNode pods = named(core.node("/resources"), "name", "pods");
    assertThat(texts(pods.at("/shortNames"))).containsExactly("po");
    assertThat(pods.at("/storageVersionHash").asText()).isNotEmpty();
    assertThat(core.each("/resources", "/name")).contains("pods/eviction", "namespaces/finalize");
  }

  @Test
  @DisplayName("item 2: what is not there is 404")
  void knowsNoOtherGroups() {
    server.get("/apis/nope.io").isNoPage();
    server.get("/apis/nope.io/v1").isNoPage();
    server.get("/apis/ex.io/v9").isNoPage();
    server
        .get("/apis/apps/v9")
        .refused(404, "NotFound", "the server could not find the requested resource");
  }

  @Test
  @DisplayName("item 3: everything in one document")
  void servesAllInOneDocument() {
    Answer all = server.get("/apis", "Accept", V2 + "," + V2BETA1 + ",application/json").is(200);

    assertThat(all.header("content-type").replace(" ", "")).isEqualTo(V2);
    assertThat(all.at("/kind")).isEqualTo("APIGroupDiscoveryList");
    assertThat(all.at("/apiVersion")).isEqualTo("apidiscovery.k8s.io/v2");
    JsonNode group = named(all.node("/items"), "metadata/name", "ex.io");
    assertThat(group.at("/versions/0/version").asText()).isEqualTo("v2");
    JsonNode version = named(group.at("/versions"), "version", "v1");
    assertThat(version.at("/freshness").asText()).isEqualTo("Current");
    JsonNode widgets = named(version.at("/resources"), "resource", "widgets");
    assertThat(widgets.at("/responseKind").toString())
        .isEqualTo("{\"group\":\"ex.io\",\"version\":\"v1\",\"kind\":\"Widget\"}");
    assertThat(widgets.at("/scope").asText()).isEqualTo("Namespaced");
    assertThat(widgets.at("/singularResource").asText()).isEqualTo("widget");
    assertThat(texts(widgets.at("/shortNames"))).containsExactly("wd");
    assertThat(widgets.at("/subresources/0/subresource").asText()).isEqualTo("status");
    assertThat(texts(widgets.at("/subresources/0/verbs")))
        .containsExactly("get", "patch", "update");
    assertThat(named(version.at("/resources"), "resource", "orbs").at("/scope").asText())
        .isEqualTo("Cluster");
    assertThat(server.get("/api", "Accept", V2).at("/items/0/versions/0/version")).isEqualTo("v1");
  }

  @Test
  @DisplayName("item 3: the document has a tag, and falls back to the plain form")
  void tagsTheDocumentAndFallsBack() {
    Answer all = server.get("/apis", "Accept", V2);
    String tag = all.header("etag");

    assertThat(tag).matches("\"[0-9A-F]+\"");
    assertThat(all.header("vary")).contains("Accept");
    assertThat(all.header("cache-control")).isEqualTo("public");
    Answer same = server.get("/apis", "Accept", V2, "If-None-Match", tag).is(304);
    assertThat(same.bytes()).isEmpty();
    Answer plain = server.get("/apis", "Accept", V2BETA1 + ",application/json").is(200);
    assertThat(plain.at("/kind")).isEqualTo("APIGroupList");
    assertThat(plain.header("content-type")).isEqualTo("application/json");
    server.get("/apis", "Accept", V2BETA1).refused(406, "NotAcceptable");
  }

  @Test
  @DisplayName("item 4: a CRD is served some time after it was made")
  void servesAResourceSomeTimeAfterItsDefinition() {
    String path = "/apis/late.io/v1/" + plural();
    server.get(path).isNoPage();

    Answer made = server.post(Fixture.CRDS, lateCrd()).is(201);

    assertThat(made.each("/status/conditions", "/type")).isEmpty();
    untilServed(path);
    Answer established = server.get(Fixture.CRDS + "/" + plural() + ".late.io");
    assertThat(established.each("/status/conditions", "/type"))
        .containsExactly("NamesAccepted", "Established");
  }

  /** How often the resource was listed in vain while its cache was not filled. */
  private int untilServed(String path) {
    int initializing = 0;
    for (Answer list = server.get(path); list.status() != 200; list = server.get(path)) {
      if (list.status() == 429) {
        initializing++;
        list.refused(429, "TooManyRequests", "storage is (re)initializing");
        assertThat(list.at("/details")).isEqualTo("{\"retryAfterSeconds\":1}");
        assertThat(list.header("retry-after")).isEqualTo("1");
      } else {
        list.isNoPage();
      }
    }
    return initializing;
  }

  @Test
  @InMemoryOnly("a real server may have filled its cache before anybody sees that it had to")
  @DisplayName("item 4: the first look at a new resource may be too early")
  void refusesTheFirstListOfANewResource() {
    server.post(Fixture.CRDS, lateCrd()).is(201);

    assertThat(untilServed("/apis/late.io/v1/" + plural())).isEqualTo(1);
  }

  private String plural() {
    return ns.replace("-", "");
  }

  private String lateCrd() {
    return """
        {metadata: {name: %1$s.late.io}, spec: {group: late.io, scope: Namespaced,
          names: {plural: %1$s, kind: %1$s},
          versions: [{name: v1, served: true, storage: true,
            schema: {openAPIV3Schema: {type: object}}}]}}
        """
        .formatted(plural());
  }

  @Test
  @DisplayName("item 4: unknown groups are no page, unknown resources a Status")
  void tellsUnknownGroupsFromUnknownResources() {
    server.get("/apis/nope.io/v1/things").isNoPage();
    server.get("/apis/ex.io/v1/things").isNoPage();
    server.get("/nope").isNoPage();
    Answer unknown =
        server
            .get("/apis/apps/v1/things")
            .refused(404, "NotFound", "the server could not find the requested resource");
    assertThat(unknown.at("/details")).isEqualTo("{}");
    server
        .get("/api/v1/things")
        .refused(404, "NotFound", "the server could not find the requested resource");
  }
}
