package io.kcp.upstream.discovery;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.RequestException;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenApiSchemasIT {
  private static final ResourceType WIDGETS = type("widgets", "Widget");
  private static final ResourceType GADGETS = type("gadgets", "Gadget");
  private static final String DOCUMENT = "/openapi/v3/apis/example.com/v1";

  @RegisterExtension
  final WireMockExtension server =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private OpenApiSchemas schemas;

  private static ResourceType type(String plural, String kind) {
    return new ResourceType(
        new GroupResource("example.com", plural), "v1", kind, true, Set.of(), Set.of());
  }

  @BeforeEach
  void connect() {
    schemas = new OpenApiSchemas(Wire.endpoint(server.baseUrl()));
  }

  private void answer(String path, ResponseDefinitionBuilder response) {
    server.stubFor(get(urlEqualTo(path)).willReturn(response));
  }

  private void index(String hash) {
    answer(
        "/openapi/v3",
        okJson(
            """
            {"paths": {"apis/example.com/v1":
              {"serverRelativeURL": "/openapi/v3/apis/example.com/v1?hash=%s"}}}
            """
                .formatted(hash)));
  }

  private static String component(String kind, String listType) {
    return """
        "com.example.v1.%s": {
          "type": "object",
          "x-kubernetes-group-version-kind": [
            {"group": "example.com", "version": "v1", "kind": "%s"}],
          "properties": {"spec": {"$ref": "#/components/schemas/com.example.v1.%sSpec"}}},
        "com.example.v1.%sSpec": {
          "type": "object",
          "properties": {"list": {
            "type": "array", "x-kubernetes-list-type": "%s", "items": {"type": "string"}}}}
        """
        .formatted(kind, kind, kind, kind, listType);
  }

  private void document(String... components) {
    answer(
        DOCUMENT,
        okJson(
            "{\"paths\": {\"/x\": {\"a\": [1]}}, \"components\": {\"schemas\": {"
                + String.join(",", components)
                + "}}}"));
  }

  private static MergeSchema.Merge listMerge(MergeSchema schema) {
    return schema.field("spec").field("list").merge();
  }

  @Test
  void readsADocumentOnceForAllItsTypes() throws Exception {
    index("1");
    document(component("Widget", "set"), component("Gadget", "atomic"));

    assertThat(listMerge(schemas.schemaOf(WIDGETS))).isEqualTo(MergeSchema.Merge.SET);
    assertThat(listMerge(schemas.schemaOf(GADGETS))).isEqualTo(MergeSchema.Merge.WHOLE);
    schemas.refresh();
    assertThat(listMerge(schemas.schemaOf(WIDGETS))).isEqualTo(MergeSchema.Merge.SET);
    server.verify(1, getRequestedFor(urlEqualTo(DOCUMENT)));
  }

  @Test
  void givesTheSameInstanceAsLongAsTheSchemaSaysTheSame() throws Exception {
    index("1");
    document(component("Widget", "set"), component("Gadget", "atomic"));
    MergeSchema widget = schemas.schemaOf(WIDGETS);
    MergeSchema gadget = schemas.schemaOf(GADGETS);
    index("2");
    document(component("Widget", "set"), component("Gadget", "set"));

    schemas.refresh();

    assertThat(schemas.schemaOf(WIDGETS)).isSameAs(widget);
    assertThat(schemas.schemaOf(GADGETS)).isNotSameAs(gadget);
    assertThat(listMerge(schemas.schemaOf(GADGETS))).isEqualTo(MergeSchema.Merge.SET);
  }

  @Test
  void keepsWhatIsKnownWhileTheServerFails() throws Exception {
    index("1");
    document(component("Widget", "set"));
    MergeSchema widget = schemas.schemaOf(WIDGETS);

    answer("/openapi/v3", aResponse().withStatus(404));
    schemas.refresh();
    assertThat(schemas.schemaOf(WIDGETS)).isSameAs(widget);

    index("2");
    answer(DOCUMENT, okJson("{\"components\": {\"schemas\": {\"com.exam"));
    schemas.refresh();
    assertThat(schemas.schemaOf(WIDGETS)).isSameAs(widget);

    answer(DOCUMENT, aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    assertThat(schemas.schemaOf(WIDGETS)).isSameAs(widget);
  }

  @Test
  void deducesOnAServerWithoutSuchDocuments() throws Exception {
    answer("/openapi/v3", aResponse().withStatus(501));

    assertThat(schemas.schemaOf(WIDGETS)).isSameAs(MergeSchema.deduced());
  }

  @Test
  void deducesForAKindThatNoDocumentHas() throws Exception {
    index("1");
    document(component("Gadget", "set"));

    assertThat(schemas.schemaOf(WIDGETS)).isSameAs(MergeSchema.deduced());
  }

  @Test
  void deducesWhenTheDocumentIsListedAndGone() throws Exception {
    index("1");
    answer(DOCUMENT, aResponse().withStatus(404));

    assertThat(schemas.schemaOf(WIDGETS)).isSameAs(MergeSchema.deduced());
  }

  @Test
  void looksAgainForATypeThatIsNewerThanTheIndex() throws Exception {
    answer("/openapi/v3", okJson("{\"paths\": {}}"));
    schemas.refresh();
    index("1");
    document(component("Widget", "set"));

    assertThat(listMerge(schemas.schemaOf(WIDGETS))).isEqualTo(MergeSchema.Merge.SET);
  }

  @Test
  void failsWhenNothingIsKnown() {
    answer("/openapi/v3", aResponse().withStatus(503));
    assertThatThrownBy(() -> schemas.schemaOf(WIDGETS)).isInstanceOf(RequestException.class);

    index("1");
    answer(DOCUMENT, okJson("[]"));
    assertThatThrownBy(() -> schemas.schemaOf(WIDGETS)).isInstanceOf(RequestException.class);

    answer(DOCUMENT, aResponse().withStatus(429).withBody("Too many requests"));
    assertThatThrownBy(() -> schemas.schemaOf(WIDGETS)).isInstanceOf(RequestException.class);
  }
}
