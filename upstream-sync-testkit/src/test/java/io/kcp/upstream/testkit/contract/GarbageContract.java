package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What makes no sense is refused as a real server refuses it, and the server goes on. */
abstract class GarbageContract extends ApiServerContract {
  private static final String YAML = "application/yaml";
  private static final String HEAD =
      "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}";

  private final SoftAssertions softly = new SoftAssertions();

  @AfterEach
  void everythingIsAsExpectedAndTheServerServes() {
    softly.assertAll();
    server.post(configMaps(), configMap("still-there")).is(201);
    server.get(configMaps() + "/still-there").is(200);
  }

  /** The code and the reason of an answer, as "400 BadRequest". */
  private static String outcome(Answer answer) {
    boolean json = answer.header("content-type").startsWith("application/json");
    return (answer.status() + " " + (json && answer.status() >= 300 ? answer.at("/reason") : ""))
        .strip();
  }

  private void expect(String outcome, String method, String path, String type, String body) {
    expect(outcome, method, path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private void expect(String outcome, String method, String path, String type, byte[] body) {
    String shown = new String(body, 0, Math.min(body.length, 60), StandardCharsets.UTF_8);
    Answer answer = server.send(method, path, type, body);
    softly
        .assertThat(outcome(answer))
        .as("%s %s %s %s -> %s", method, path, type, shown, answer.text())
        .isEqualTo(outcome);
  }

  @Test
  @DisplayName("items 5, 13: bodies that are no JSON")
  void malformedJson() {
    for (String path : new String[] {configMaps(), widgets()}) {
      for (String body :
          new String[] {
            "",
            "{",
            "{\"a\":",
            "nonsense",
            "[]",
            "5",
            "\"text\"",
            "{\"metadata\":}",
            "{}}",
            "{'a': 1}",
            "{\"a\":1,}",
            "\u0000",
            "<xml/>",
            "{\"kind\":5}",
            "{\"metadata\":[]}",
            "{\"metadata\":{\"name\":5}}",
            "{\"apiVersion\":[]}"
          }) {
        expect("400 BadRequest", "POST", path, Caller.JSON, body);
      }
    }
    expect("422 Invalid", "POST", configMaps(), Caller.JSON, "null");
    expect("400 BadRequest", "POST", widgets(), Caller.JSON, "null");
    expect("422 Invalid", "POST", configMaps(), Caller.JSON, "{}");
  }

  @Test
  @DisplayName("items 5, 13: bodies that are no YAML")
  void malformedYaml() {
    for (String path : new String[] {configMaps(), widgets()}) {
      for (String body :
          new String[] {"a: b: c", "{", "- a", "\t", "%", "a: [", "*x", "text", "5"}) {
        expect("400 BadRequest", "POST", path, YAML, body);
      }
    }
    for (String body : new String[] {"a: b: c", "{", "- a", "text", "5", "", "{}", "null"}) {
      expect("400 BadRequest", "PATCH", configMaps() + "/a?fieldManager=m", Caller.APPLY, body);
    }
  }

  @Test
  @DisplayName("items 5, 51, 52: patches that are none")
  void malformedPatches() {
    server.post(configMaps(), configMap("a"));
    server.post(widgets(), widget("a", "size: 1"));
    for (String path : new String[] {configMaps() + "/a", widgets() + "/a"}) {
      for (String body : new String[] {"", "{", "nonsense", "5", "[5]", "[]"}) {
        expect("400 BadRequest", "PATCH", path, Caller.MERGE, body);
      }
      for (String body : new String[] {"", "{", "nonsense", "5", "{}", "[5]"}) {
        expect("400 BadRequest", "PATCH", path, Caller.JSON_PATCH, body);
      }
      expect("200", "PATCH", path, Caller.JSON_PATCH, "null");
      expect("422 Invalid", "PATCH", path, Caller.JSON_PATCH, "[{}]");
      expect(
          "422 Invalid", "PATCH", path, Caller.JSON_PATCH, "[{\"op\":\"dance\",\"path\":\"/x\"}]");
      expect(
          "422 Invalid",
          "PATCH",
          path,
          Caller.JSON_PATCH,
          "[{\"op\":\"add\",\"path\":\"x\",\"value\":1}]");
    }
    for (String body : new String[] {"", "{", "nonsense", "5", "[]"}) {
      expect("400 BadRequest", "PATCH", configMaps() + "/a", Caller.STRATEGIC, body);
    }
  }

  @Test
  @DisplayName("items 5, 13: content types")
  void contentTypes() {
    server.post(configMaps(), configMap("a"));
    for (String type :
        new String[] {
          "text/plain",
          "application/xml",
          "application/cbor",
          "image/png",
          "nonsense",
          "a/b/c",
          "*/*"
        }) {
      expect("415 UnsupportedMediaType", "POST", configMaps(), type, configMap("b"));
      expect("415 UnsupportedMediaType", "PATCH", configMaps() + "/a", type, "{}");
    }
    expect("415 UnsupportedMediaType", "PATCH", configMaps() + "/a", "", "{}");
  }

  @Test
  @DisplayName("item 9: bodies of four megabytes")
  void fourMegabytes() {
    String large = HEAD + ",\"data\":{\"k\":\"" + "x".repeat(4_000_000) + "\"}}";
    server.post(configMaps(), configMap("a"));

    expect("413 RequestEntityTooLarge", "POST", configMaps(), Caller.JSON, large);
    expect("413 RequestEntityTooLarge", "POST", configMaps(), YAML, large);
    expect("413 RequestEntityTooLarge", "PUT", configMaps() + "/a", Caller.JSON, large);
    expect("413 RequestEntityTooLarge", "PATCH", configMaps() + "/a", Caller.MERGE, large);
    expect("413 RequestEntityTooLarge", "PATCH", configMaps() + "/a", Caller.STRATEGIC, large);
    expect(
        "413 RequestEntityTooLarge",
        "PATCH",
        configMaps() + "/a?fieldManager=m",
        Caller.APPLY,
        large);
    expect("413 RequestEntityTooLarge", "DELETE", configMaps() + "/a", Caller.JSON, large);
    expect("413 RequestEntityTooLarge", "POST", widgets(), Caller.JSON, large);
  }

  @Test
  @DisplayName("items 5, 13: deep nesting")
  void deepNesting() {
    server.post(configMaps(), configMap("a"));
    String gizmo =
        "{\"apiVersion\":\"ex.io/v1\",\"kind\":\"Gizmo\",\"metadata\":{\"name\":\"%s\"},\"x\":%s}";
    for (int depth : new int[] {900, 20_000}) {
      String lists = "[".repeat(depth) + "]".repeat(depth);
      String maps = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
      String wanted = depth > 10_000 ? "400 BadRequest" : "201";
      expect(wanted, "POST", gizmos(), Caller.JSON, gizmo.formatted("l" + depth, lists));
      expect(wanted, "POST", gizmos(), Caller.JSON, gizmo.formatted("m" + depth, maps));
      expect(
          depth > 10_000 ? "400 BadRequest" : "200",
          "PATCH",
          configMaps() + "/a",
          Caller.MERGE,
          "{\"x\":" + maps + "}");
    }
  }

  @Test
  @DisplayName("items 5, 13: bytes that are no UTF-8")
  void badUtf8() {
    byte[] body = (HEAD + ",\"data\":{\"k\":\"?\"}}").getBytes(StandardCharsets.UTF_8);
    body[body.length - 4] = (byte) 0xFF;
    expect("201", "POST", configMaps(), Caller.JSON, body);
    byte[] yaml =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: ?}\n"
            .getBytes(StandardCharsets.UTF_8);
    yaml[yaml.length - 3] = (byte) 0xFF;
    expect("400 BadRequest", "POST", configMaps(), YAML, yaml);
    byte[] key = "{\"metadata\":{\"name\":\"?\"}}".getBytes(StandardCharsets.UTF_8);
    key[key.length - 4] = (byte) 0xC0;
    expect("422 Invalid", "POST", configMaps(), Caller.JSON, key);
  }

  @Test
  @DisplayName("item 31: names that are none")
  void invalidNames() {
    for (String name : new String[] {"A", "a_b", "-a", "a-", "a..b", "%C3%A4", "a%20b"}) {
      expect("404 NotFound", "GET", configMaps() + "/" + name, "", "");
      expect("404 NotFound", "DELETE", configMaps() + "/" + name, "", "");
    }
    for (String name : new String[] {"A", "a_b", "-a", "a-", "a..b", "ä", "a b", "", "..", "a/b"}) {
      expect(
          "422 Invalid",
          "POST",
          configMaps(),
          Caller.JSON,
          "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }
    expect(
        "422 Invalid", "PATCH", configMaps() + "/A?fieldManager=m", Caller.APPLY, configMap("A"));
    expect("404 NotFound", "GET", "/api/v1/namespaces/A_/configmaps/a", "", "");
    expect("200", "GET", "/api/v1/namespaces/A_/configmaps", "", "");
  }

  @Test
  @DisplayName("items 37, 38, 45: absurd values in the query of a list")
  void absurdListOptions() {
    for (String path : new String[] {configMaps(), widgets()}) {
      for (String query :
          new String[] {
            "limit=x",
            "limit=99999999999999999999",
            "limit=1.5",
            "limit=&watch=",
            "timeoutSeconds=x",
            "resourceVersion=x",
            "resourceVersion=-1",
            "resourceVersion=0x5",
            "resourceVersion=1.5",
            "resourceVersion=99999999999999999999",
            "continue=x",
            "labelSelector=%3D%3D%3D",
            "labelSelector=%FF"
          }) {
        expect("400 BadRequest", "GET", path + "?" + query, "", "");
      }
      for (String query : new String[] {"resourceVersionMatch=x", "sendInitialEvents=x"}) {
        expect("422 Invalid", "GET", path + "?" + query, "", "");
      }
      for (String query :
          new String[] {
            "limit=-5",
            "timeoutSeconds=-1&limit=-5",
            "fieldSelector=%3D",
            "allowWatchBookmarks=x",
            "nonsense=5",
            "a;b=1",
            "limit=1&limit=x",
            "pretty=x",
            "=",
            "&&&"
          }) {
        expect("200", "GET", path + "?" + query, "", "");
      }
    }
  }

  @Test
  @DisplayName("items 42, 45: anything but 0 and false asks for a watch")
  void watchesOnAnyWord() {
    expect("200", "GET", configMaps() + "?watch=x&timeoutSeconds=1", "", "");
  }

  @Test
  @DisplayName("items 43, 45, 47: absurd values in the query of a watch")
  void absurdWatchOptions() {
    for (String path : new String[] {configMaps(), widgets()}) {
      for (String query :
          new String[] {
            "resourceVersion=x", "resourceVersion=-1", "resourceVersion=99999999999999999999"
          }) {
        expect("500", "GET", path + "?watch=1&" + query, "", "");
      }
      expect("400 BadRequest", "GET", path + "?watch=1&timeoutSeconds=x", "", "");
      expect("422 Invalid", "GET", path + "?watch=1&sendInitialEvents=x", "", "");
    }
  }

  @Test
  @DisplayName("items 26, 35, 36, 56: absurd values in the query of a write")
  void absurdWriteOptions() {
    String made = "{\"metadata\":{\"generateName\":\"q-\"}}";
    for (String query :
        new String[] {
          "dryRun=x",
          "dryRun=",
          "fieldValidation=x",
          "dryRun=All&dryRun=x",
          "fieldManager=" + "x".repeat(200)
        }) {
      expect("422 Invalid", "POST", configMaps() + "?" + query, Caller.JSON, made);
    }
    for (String query : new String[] {"dryRun=All", "timeout=5s", "pretty=x", "nonsense=x"}) {
      expect("201", "POST", configMaps() + "?" + query, Caller.JSON, made);
    }
    expect("400 BadRequest", "POST", configMaps() + "?timeout=x", Caller.JSON, made);
    server.post(configMaps(), configMap("a"));
    expect("400 BadRequest", "DELETE", configMaps() + "/a?gracePeriodSeconds=x", "", "");
    for (String query : new String[] {"propagationPolicy=x", "dryRun=x"}) {
      server.post(configMaps(), configMap("a"));
      expect("422 Invalid", "DELETE", configMaps() + "/a?" + query, "", "");
    }
    expect("200", "DELETE", configMaps() + "/a?gracePeriodSeconds=-5", "", "");
  }

  @Test
  @DisplayName("item 26: options of a delete that are none")
  void absurdDeleteOptions() {
    for (String body :
        new String[] {
          "{",
          "[]",
          "5",
          "{\"gracePeriodSeconds\":\"x\"}",
          "{\"preconditions\":5}",
          "{\"propagationPolicy\":5}"
        }) {
      server.post(configMaps(), configMap("a"));
      expect("400 BadRequest", "DELETE", configMaps() + "/a", Caller.JSON, body);
    }
    expect(
        "400 BadRequest",
        "DELETE",
        configMaps() + "/a",
        Caller.JSON,
        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}");
    server.post(configMaps(), configMap("a"));
    expect("415 UnsupportedMediaType", "DELETE", configMaps() + "/a", "text/plain", "{}");
  }

  @Test
  @DisplayName("items 2, 4, 13: paths and methods that are none")
  void absurdPaths() {
    for (String path :
        new String[] {
          "//api/v1", "/apis//v1", "/API/v1/nodes", "/healthz/x", "/apis/nope.io/", "/x"
        }) {
      expect("404", "GET", path, "", "");
    }
    for (String path :
        new String[] {
          "/api/v1/../v1/nodes", "/api/v2/nodes", configMaps() + "/a/b/c", "/api/v1/configmaps/a"
        }) {
      expect("404 NotFound", "GET", path, "", "");
    }
    for (String path :
        new String[] {"/api/v1/namespaces//configmaps", "/api/v1/nodes/", "/api/", "/apis/apps/"}) {
      expect("200", "GET", path, "", "");
    }
    for (String method : new String[] {"OPTIONS", "TRACE", "DANCE"}) {
      expect("405 MethodNotAllowed", method, configMaps() + "/a", "", "");
    }
    expect("405", "HEAD", configMaps() + "/a", "", "");
  }

  @Test
  @DisplayName("items 11, 13: connections that end half-way")
  void brokenConnections() {
    String list = "GET " + configMaps() + " HTTP/1.1";
    String post = "POST " + configMaps() + " HTTP/1.1";
    try (RawCall call = new RawCall(server.server())) {
      assertThat(call.send("", list, "Connection: close").endOutput().readAll())
          .matches(answer -> answer.isEmpty() || answer.startsWith("HTTP/1.1 "));
    }
    try (RawCall call = new RawCall(server.server())) {
      call.send("{\"metadata\":", post, "Content-Type: application/json", "Content-Length: 500");
    }
    try (RawCall call = new RawCall(server.server())) {
      call.write("GET /api/v1/name");
    }
    try (RawCall call = new RawCall(server.server())) {
      call.send("", list + "?watch=1");
    }
    try (RawCall call = new RawCall(server.server())) {
      assertThat(call.write("NONSENSE\r\n\r\n").readAll()).startsWith("HTTP/1.1 400 ");
    }
    try (RawCall call = new RawCall(server.server())) {
      assertThat(
              call.send(
                      "5\r\n{\"met\r\nzz\r\n",
                      post,
                      "Content-Type: application/json",
                      "Transfer-Encoding: chunked",
                      "Connection: close")
                  .readAll())
          .matches("(?s)HTTP/1.1 [45]00 .*");
    }
  }
}
