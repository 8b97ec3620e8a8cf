package io.kcp.upstream.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {
  private static final String OBJECT =
      """
      {"metadata": {"name": "web", "namespace": "shop", "uid": "u1", "resourceVersion": "7",
        "labels": {"name": "other", "managedFields": "kept"},
        "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:data": {}}}]},
       "data": {"name": "not this", "whole": "1", "metadata": "x"},
       "list": [1, 2.5, true, null, {"deep": [[]]}], "big": 9007199254740993, "nothing": null}
      """;

  @Test
  void keepsTheObjectAndNotesWhoItIs() throws IOException {
    RawObject raw = read(OBJECT, true);

    assertThat(raw).hasToString("shop/web at 7");
    assertThat(raw.uid()).isEqualTo("u1");
    ObjectTree whole = ObjectTree.of(Json.readObject(OBJECT.getBytes(UTF_8)));
    assertThat(tree(raw)).isEqualTo(whole.with("apiVersion", "v1").with("kind", "ConfigMap"));
  }

  @Test
  void leavesOutManagedFieldsAndNothingElse() throws IOException {
    ObjectTree without = tree(read(OBJECT, false));

    assertThat(without).isEqualTo(tree(read(OBJECT, true)).without("metadata.managedFields"));
    assertThat(without.labels()).containsEntry("managedFields", "kept");
  }

  @Test
  void anObjectThatSaysWhatItIsKeepsThat() throws IOException {
    ObjectTree status = tree(read("{\"kind\": \"Status\", \"apiVersion\": \"v9\"}", false));

    assertThat(status.kind()).isEqualTo("Status");
    assertThat(status.apiVersion()).isEqualTo("v9");
    assertThat(status.asMap()).hasSize(2);
  }

  @Test
  void namespacesAreOneStringEach() throws IOException {
    ObjectReader reader = new ObjectReader(ScriptedServer.CONFIG_MAPS, false);

    assertThat(reader.read(parser(OBJECT)).namespace())
        .isSameAs(reader.read(parser(OBJECT)).namespace());
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> read("[]", false)).isInstanceOf(JsonParseException.class);
    assertThatThrownBy(() -> read("{\"metadata\": {", false)).isInstanceOf(IOException.class);
  }

  @Test
  void aPageHasItsItemsVersionAndTheWayOn() throws IOException {
    Page page =
        page(
            """
            {"items": [%s], "kind": "ConfigMapList",
             "metadata": {"continue": "token", "resourceVersion": "9", "remainingItemCount": 3}}
            """
                .formatted(OBJECT));

    assertThat(page.items()).extracting(RawObject::name).containsExactly("web");
    assertThat(page.resourceVersion()).isEqualTo("9");
    assertThat(page.next()).isEqualTo("token");
  }

  @Test
  void itemsThatAreNullAreNone() throws IOException {
    Page page = page("{\"items\": null}");

    assertThat(page).isEqualTo(new Page(List.of(), "", ""));
  }

  @Test
  void aPageCutAnywhereIsNone() {
    String whole =
        "{\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[{\"metadata\":{\"name\":\"a\"}}]}";
    for (int length = 0; length < whole.length(); length++) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> page(cut)).as(cut).isInstanceOf(IOException.class);
    }
  }

  @Test
  void numbersAreReadAsTheyWere() throws IOException {
    assertThat(tree(read(OBJECT, false)).asMap()).containsEntry("big", 9007199254740993L);
    assertThat(tree(read(OBJECT, false)).asMap().get("list"))
        .isEqualTo(List.of(1L, 2.5, true, Map.of("deep", List.of(List.of()))));
  }

  private static Page page(String json) throws IOException {
    ObjectReader reader = new ObjectReader(ScriptedServer.CONFIG_MAPS, false);
    return Page.read(json.getBytes(UTF_8), reader);
  }

  private static RawObject read(String json, boolean managedFields) throws IOException {
    return new ObjectReader(ScriptedServer.CONFIG_MAPS, managedFields).read(parser(json));
  }

  private static JsonParser parser(String json) throws IOException {
    JsonParser parser = Json.parser(new ByteArrayInputStream(json.getBytes(UTF_8)));
    parser.nextToken();
    return parser;
  }

  private static ObjectTree tree(RawObject raw) throws IOException {
    return ObjectTree.of(Json.readObject(raw.json()));
  }
}
