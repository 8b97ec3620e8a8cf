package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Lists: versions, pages, selectors. */
abstract class ListContract extends ApiServerContract {
  private void names(String... names) {
    for (String name : names) {
      server.post(configMaps(), configMap(name)).is(201);
    }
  }

  private String token(String rv, String start) {
    String text = "{\"v\":\"meta.k8s.io/v1\",\"rv\":%s,\"start\":\"%s\"}".formatted(rv, start);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("item 37: a list at a version, exactly or not")
  void listsAtAVersion() {
    names("a");
    String then = server.get(configMaps()).version();
    names("b");

    assertThat(server.get(configMaps() + "?resourceVersion=0").is(200).names()).contains("a");
    assertThat(server.get(configMaps() + "?resourceVersion=" + then).names())
        .containsExactly("a", "b");
    assertThat(
            server
                .get(configMaps() + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + then)
                .names())
        .containsExactly("a", "b");
    Answer exact = server.get(configMaps() + "?resourceVersionMatch=Exact&resourceVersion=" + then);
    assertThat(exact.is(200).names()).containsExactly("a");
    assertThat(exact.version()).isEqualTo(then);
    assertThat(server.get(configMaps() + "/b?resourceVersion=" + then).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("item 37: options that make no sense")
  void refusesOptionsThatMakeNoSense() {
    String field = "FieldValueForbidden resourceVersionMatch";

    assertThat(
            server
                .get(configMaps() + "?resourceVersionMatch=Exact")
                .refused(422, "Invalid")
                .causes())
        .containsExactly(field);
    assertThat(server.get(configMaps() + "?resourceVersionMatch=Exact&resourceVersion=0").causes())
        .containsExactly(field);
    assertThat(server.get(configMaps() + "?resourceVersionMatch=Never&resourceVersion=5").causes())
        .containsExactly("FieldValueNotSupported resourceVersionMatch");
    Answer continued =
        server.get(
            configMaps()
                + "?resourceVersionMatch=Exact&resourceVersion=5&continue="
                + token("5", "a"));
    assertThat(continued.refused(422, "Invalid").causes()).containsExactly(field);
    Answer initial = server.get(configMaps() + "?sendInitialEvents=true");
    initial.refused(
        422,
        "Invalid",
        "ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list");
  }

  @Test
  @DisplayName("item 38: pages of one moment")
  void pagesShowOneMoment() {
    names("a", "b", "c", "d");
    Answer first = server.get(configMaps() + "?limit=2");
    server.delete(configMaps() + "/c").is(200);
    names("bb");
    String more = first.at("/metadata/continue");

    Answer second = server.get(configMaps() + "?limit=2&continue=" + more);

    assertThat(first.names()).containsExactly("a", "b");
    assertThat(first.at("/metadata/remainingItemCount")).isEqualTo("2");
    assertThat(second.names()).containsExactly("c", "d");
    assertThat(second.version()).isEqualTo(first.version());
    assertThat(second.has("/metadata/continue")).isFalse();
    assertThat(second.has("/metadata/remainingItemCount")).isFalse();
    server
        .get(configMaps() + "?limit=2&resourceVersion=5&continue=" + more)
        .refused(
            400, "BadRequest", "specifying resource version is not allowed when using continue");
    assertThat(server.get(configMaps() + "?limit=9").has("/metadata/remainingItemCount")).isFalse();
  }

  @Test
  @DisplayName("item 38: a selector fills the page and hides the count")
  void pagesWithASelector() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      server.post(configMaps(), labelled(name, "odd: '" + (name.charAt(0) % 2) + "'"));
    }

    Answer first = server.get(configMaps() + "?limit=2&labelSelector=odd%3D1");
    Answer second =
        server.get(
            configMaps()
                + "?limit=2&labelSelector=odd%3D1&continue="
                + first.at("/metadata/continue"));

    assertThat(first.names()).containsExactly("a", "c");
    assertThat(first.has("/metadata/remainingItemCount")).isFalse();
    assertThat(second.names()).containsExactly("e");
  }

  @Test
  @DisplayName("item 38: lists are sorted by the bytes of namespace/name")
  void sortsByNamespaceAndName() {
    server.post("/api/v1/namespaces", "{metadata: {name: %s-2}}".formatted(ns)).is(201);
    String other = configMaps().replace(ns, ns + "-2");
    for (String name : List.of("b", "a.b", "a-b", "a", "ab", "a1")) {
      server.post(configMaps(), labelled(name, "of: " + ns));
    }
    server.post(other, labelled("a", "of: " + ns));

    assertThat(server.get("/api/v1/configmaps?labelSelector=of%3D" + ns).names())
        .containsExactly("a", "a", "a-b", "a.b", "a1", "ab", "b");
  }

  @Test
  @DisplayName("item 39: continue tokens, and broken ones")
  void readsContinueTokens() {
    names("a", "b", "c");
    Answer first = server.get(configMaps() + "?limit=1");
    String token =
        new String(
            Base64.getUrlDecoder().decode(first.at("/metadata/continue")), StandardCharsets.UTF_8);

    assertThat(token)
        .isEqualTo(
            "{\"v\":\"meta.k8s.io/v1\",\"rv\":%s,\"start\":\"/a\\u0000\"}"
                .formatted(first.version()));
    assertThat(server.get(configMaps() + "?continue=" + token(first.version(), "/b")).names())
        .containsExactly("b", "c");
    assertThat(server.get(configMaps() + "?continue=" + token("-1", "bb")).names())
        .containsExactly("c");
  }

  @Test
  @DisplayName("item 39: broken tokens, word for word")
  void refusesBrokenTokens() {
    String bad = "invalid continue token: continue key is not valid: ";
    refusesToken(token("5", "/../a"), bad + "/../a");
    refusesToken(token("5", ""), bad + "encoded start key empty (version meta.k8s.io/v1)");
    refusesToken(
        token("0", "a"), bad + "incorrect encoded start resourceVersion (version meta.k8s.io/v1)");
    refusesToken("%21", bad + "illegal base64 data at input byte 0");
    server.get(configMaps() + "?continue=eA").refused(400, "BadRequest");
  }

  private void refusesToken(String token, String message) {
    server.get(configMaps() + "?continue=" + token).refused(400, "BadRequest", message);
  }

  @Test
  @DisplayName("item 39: a token that is too old brings another")
  void letsContinueTokensExpire() {
    for (String name : List.of("a", "b", "c")) {
      server.post(widgets(), widget(name, "size: 1")).is(201);
    }
    server.server().forget();

    Answer expired = server.get(widgets() + "?limit=5&continue=" + token("2", "/aa"));
    expired.refused(410, "Expired");
    assertThat(expired.at("/message"))
        .startsWith(
            "The provided continue parameter is too old to display a consistent list result.");
    Answer rest = server.get(widgets() + "?limit=5&continue=" + expired.at("/metadata/continue"));
    assertThat(rest.is(200).names()).containsExactly("b", "c");
    server
        .get(widgets() + "?resourceVersionMatch=Exact&resourceVersion=2")
        .refused(410, "Expired", "The resourceVersion for the provided list is too old.");
  }

  @Test
  @DisplayName("item 40: empty lists, kinds of lists, items of lists")
  void formsLists() {
    Answer empty = server.get(configMaps());
    assertThat(empty.at("/kind") + " " + empty.at("/apiVersion")).isEqualTo("ConfigMapList v1");
    assertThat(empty.node("/items").isArray()).isTrue();
    assertThat(empty.node("/items")).isEmpty();
    assertThat(empty.has("/metadata/continue")).isFalse();
    Answer custom = server.get(widgets());
    assertThat(custom.at("/kind") + " " + custom.at("/apiVersion"))
        .isEqualTo("WidgetList ex.io/v1");
    assertThat(custom.node("/metadata/continue").isTextual()).isTrue();

    names("a");
    server.post(widgets(), widget("a", "size: 1"));

    assertThat(server.get(configMaps()).has("/items/0/kind")).isFalse();
    assertThat(server.get(configMaps()).has("/items/0/apiVersion")).isFalse();
    assertThat(server.get(widgets()).at("/items/0/kind")).isEqualTo("Widget");
    assertThat(server.get(widgets()).at("/items/0/apiVersion")).isEqualTo("ex.io/v1");
  }

  @Test
  @DisplayName("item 41: label selectors")
  void selectsByLabel() {
    server.post(configMaps(), labelled("web", "tier: web, n: '5'"));
    server.post(configMaps(), labelled("db", "tier: db, n: '7'"));
    server.post(configMaps(), labelled("empty", "tier: ''"));
    names("none");

    assertThat(selected("tier=web")).containsExactly("web");
    assertThat(selected("tier==web")).containsExactly("web");
    assertThat(selected("tier!=web")).containsExactly("db", "empty", "none");
    assertThat(selected("tier in (web, db)")).containsExactly("db", "web");
    assertThat(selected("tier notin (web)")).containsExactly("db", "empty", "none");
    assertThat(selected("tier")).containsExactly("db", "empty", "web");
    assertThat(selected("!tier")).containsExactly("none");
    assertThat(selected("n>5")).containsExactly("db");
    assertThat(selected("n<7,tier=web")).containsExactly("web");
    assertThat(selected("tier=")).containsExactly("empty");
    assertThat(selected("tier in (,db)")).containsExactly("db", "empty");
  }

  private List<String> selected(String selector) {
    return server.get(configMaps() + "?labelSelector=" + q(selector)).is(200).names();
  }

  @Test
  @DisplayName("item 41: malformed label selectors, word for word")
  void refusesMalformedLabelSelectors() {
    String bad = "unable to parse requirement: ";
    refuses("a in b", bad + "found 'b' expected: '('");
    refuses("a in (b", bad + "found '', expected: ',' or ')'");
    refuses("a in (b c)", bad + "found 'c', expected: ',' or ')'");
    refuses("a in (=)", bad + "found '=', expected: ',', ')' or identifier");
    refuses("a,,b", "found ',', expected: identifier after ','");
    refuses("a,", "found '', expected: identifier after ','");
    refuses("=b", "found '=', expected: !, identifier, or 'end of string'");
    refuses("a b", bad + "found 'b', expected: in, notin, =, ==, !=, gt, lt");
    refuses("a=b=c", "found '=', expected: ',' or 'end of string'");
    refuses("a=(b)", bad + "found '(', expected: identifier");
    refuses("!", bad + "found '', expected: identifier");
    refuses(
        "a>x",
        bad
            + "values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an"
            + " integer");
    assertThat(server.get(configMaps() + "?labelSelector=" + q("a=-b")).at("/message"))
        .startsWith(bad + "values[0][a]: Invalid value: \"-b\": a valid label must be");
  }

  private void refuses(String selector, String message) {
    server.get(configMaps() + "?labelSelector=" + q(selector)).refused(400, "BadRequest", message);
  }

  @Test
  @DisplayName("item 41: field selectors")
  void selectsByField() {
    names("a", "b");
    server.post(widgets(), widget("r", "color: red"));
    server.post(widgets(), widget("g", "color: green"));
    server.post(core("secrets"), "{metadata: {name: s}, type: ex.io/t}");

    assertThat(byField(configMaps(), "metadata.name=a")).containsExactly("a");
    assertThat(byField(configMaps(), "metadata.name==a")).containsExactly("a");
    assertThat(byField(configMaps(), "metadata.name!=a")).containsExactly("b");
    assertThat(byField(configMaps(), "metadata.name!=a,metadata.namespace=" + ns))
        .containsExactly("b");
    assertThat(byField(configMaps(), ",metadata.name=a,")).containsExactly("a");
    assertThat(byField(core("secrets"), "type=ex.io/t")).containsExactly("s");
    assertThat(byField(widgets(), "spec.color=red")).containsExactly("r");
    assertThat(byField(widgets(), "spec.color!=red")).containsExactly("g");
    assertThat(byField("/api/v1/namespaces", "status.phase=Active,metadata.name=" + ns))
        .containsExactly(ns);
  }

  private List<String> byField(String path, String selector) {
    return server.get(path + "?fieldSelector=" + q(selector)).is(200).names();
  }

  @Test
  @DisplayName("item 41: fields that can't be selected by")
  void refusesUnknownFieldSelectors() {
    String list = configMaps() + "?fieldSelector=";
    server
        .get(list + q("data.k=v"))
        .refused(
            400,
            "BadRequest",
            "\"data.k\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    server
        .get(list + "x")
        .refused(400, "BadRequest", "invalid selector: 'x'; can't understand 'x'");
    server
        .get(list + q("metadata.name=a=b"))
        .refused(400, "BadRequest", "invalid field selector: unescaped character in value: 61");
    server
        .get(widgets() + "?fieldSelector=spec.size%3D1")
        .refused(400, "BadRequest", "field label not supported: spec.size");
  }
}
