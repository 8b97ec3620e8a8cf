package io.kcp.upstream.testkit.server;

import static io.kcp.upstream.testkit.server.TestObjects.CONFIG_MAPS;
import static io.kcp.upstream.testkit.server.TestObjects.configMap;
import static io.kcp.upstream.testkit.server.TestObjects.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.testkit.server.RunningServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListIT {
  private final RunningServer server = RunningServer.plain();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void pagesShowWhatWasThereAtTheFirst() {
    for (String name : new String[] {"a", "b", "c", "d"}) {
      server.post(CONFIG_MAPS, configMap(name, "1"));
    }
    Answer first = server.get(CONFIG_MAPS + "?limit=2");
    server.delete(CONFIG_MAPS + "/c");
    server.post(CONFIG_MAPS, configMap("bb", "1"));

    String token = first.string("metadata", "continue");
    Answer second = server.get(CONFIG_MAPS + "?limit=2&continue=" + token);

    assertThat(first.names()).containsExactly("a", "b");
    assertThat(first.at("metadata", "remainingItemCount")).isEqualTo(2L);
    assertThat(second.names()).containsExactly("c", "d");
    assertThat(second.at("metadata", "continue")).isNull();
    assertThat(second.at("metadata", "resourceVersion"))
        .isEqualTo(first.at("metadata", "resourceVersion"));
  }

  @Test
  void aTokenThatIsTooOldIs410WithAnother() {
    server.post(CONFIG_MAPS, configMap("a", "1"));
    server.post(CONFIG_MAPS, configMap("b", "1"));
    String token = server.get(CONFIG_MAPS + "?limit=1").string("metadata", "continue");
    server.post(CONFIG_MAPS, configMap("c", "1"));
    server.backend().restart(false);

    Answer expired = server.get(CONFIG_MAPS + "?limit=5&continue=" + token);
    String fresh = expired.string("metadata", "continue");
    Answer rest = server.get(CONFIG_MAPS + "?limit=5&continue=" + fresh);

    assertThat(expired.status()).isEqualTo(410);
    assertThat(expired.string("reason")).isEqualTo("Expired");
    assertThat(rest.names()).containsExactly("b", "c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tier=web|web",
        "tier!=web|db,none",
        "tier in (web,db)|db,web",
        "tier notin (web)|db,none",
        "tier|db,web",
        "!tier|none"
      })
  void selectsByLabels(String selector, String names) {
    server.post(CONFIG_MAPS, labelled("web", "web"));
    server.post(CONFIG_MAPS, labelled("db", "db"));
    server.post(CONFIG_MAPS, configMap("none", "1"));

    Answer list =
        server.get(
            CONFIG_MAPS
                + "?labelSelector="
                + java.net.URLEncoder.encode(selector, java.nio.charset.StandardCharsets.UTF_8));

    assertThat(String.join(",", list.names())).isEqualTo(names);
  }

  @Test
  void selectsByFieldsAndRefusesUnknownOnes() {
    server.post(CONFIG_MAPS, configMap("a", "1"));
    server.post(CONFIG_MAPS, configMap("b", "1"));

    assertThat(server.get(CONFIG_MAPS + "?fieldSelector=metadata.name!=a").names())
        .containsExactly("b");
    assertThat(server.get(CONFIG_MAPS + "?fieldSelector=data.key=1").status()).isEqualTo(400);
  }

  @Test
  void anEmptyListHasNoItems() {
    Answer list = server.get(CONFIG_MAPS);

    assertThat(list.string("kind")).isEqualTo("ConfigMapList");
    assertThat(list.text()).contains("\"items\":[]");
  }

  @Test
  void showsMetadataAlone() {
    server.post(CONFIG_MAPS, configMap("a", "1"));

    Answer list =
        server.get(
            CONFIG_MAPS,
            "Accept",
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");

    assertThat(list.string("kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(list.names()).containsExactly("a");
    assertThat(list.text()).doesNotContain("\"key\"");
  }

  @Test
  void showsTables() {
    server.post(CONFIG_MAPS, configMap("a", "1"));

    Answer table =
        server.get(CONFIG_MAPS, "Accept", "application/json;as=Table;g=meta.k8s.io;v=v1");

    assertThat(table.string("kind")).isEqualTo("Table");
    assertThat(Tree.maps(table.body(), "rows").get(0).get("cells").toString())
        .isEqualTo("[a, 1, 0s]");
  }

  @Test
  void aVersionThatIsNotThereYetIs504() {
    Answer answer = server.get(CONFIG_MAPS + "?resourceVersion=99999999");

    assertThat(answer.status()).isEqualTo(504);
    assertThat(answer.header("retry-after")).isEqualTo("1");
  }
}
