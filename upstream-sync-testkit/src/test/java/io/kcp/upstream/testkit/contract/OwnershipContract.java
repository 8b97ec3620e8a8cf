package io.kcp.upstream.testkit.contract;

import static io.kcp.upstream.testkit.contract.ApplyContract.fields;
import static io.kcp.upstream.testkit.contract.ApplyContract.managers;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Managed fields beside apply, and the types of lists and maps. */
abstract class OwnershipContract extends ApiServerContract {
  private String widget() {
    return widgets() + "/a";
  }

  private static String metadata(String inside) {
    return "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, %s}, spec: {size: 1}}"
        .formatted(inside);
  }

  @Test
  @DisplayName("item 63: other writes take what they change, and never conflict")
  void takesWhatOtherWritesChange() {
    server.apply(widget(), "m", widget("a", "size: 1, limit: 9, opts: {k: v}")).is(201);

    Answer changed =
        server.send(
            "PATCH",
            widget() + "?fieldManager=u",
            Caller.MERGE,
            Caller.json("{spec: {size: 2, opts: null}}"));

    assertThat(fields(changed.is(200), "u", "Update").toString())
        .isEqualTo("{\"f:spec\":{\"f:size\":{}}}");
    assertThat(fields(changed, "m", "Apply").toString()).isEqualTo("{\"f:spec\":{\"f:limit\":{}}}");
  }

  @Test
  @DisplayName("item 63: managedFields that are sent: one empty entry wipes, none keeps")
  void wipesManagedFieldsOnRequest() {
    server.apply(widget(), "m", widget("a", "size: 1")).is(201);

    Answer kept = server.merge(widget(), "{metadata: {managedFields: []}}").is(200);
    assertThat(managers(kept)).containsExactly("m Apply");
    Answer bad =
        server.merge(widget(), "{metadata: {managedFields: [{manager: x, operation: Dig}]}}");
    assertThat(managers(bad.is(200))).containsExactly("m Apply");
    Answer wiped = server.merge(widget(), "{metadata: {managedFields: [{}]}}").is(200);
    assertThat(wiped.has("/metadata/managedFields")).isFalse();
    Answer posted =
        server.post(
            widgets(),
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: b, managedFields: [{manager: x, operation: Apply, apiVersion: ex.io/v1, fieldsType: FieldsV1, fieldsV1: {'f:spec': {}}}]}, spec: {size: 1}}");
    assertThat(managers(posted.is(201))).containsExactly("tester Update");
  }

  @Test
  @DisplayName("item 63: an object without managed fields gets none by updates")
  void startsNoManagedFieldsByUpdates() {
    server.post(widgets(), widget("a", "size: 1"));
    server.merge(widget(), "{metadata: {managedFields: [{}]}}").is(200);

    Answer updated = server.merge(widget(), "{spec: {size: 2}}").is(200);
    assertThat(updated.has("/metadata/managedFields")).isFalse();
    Answer empty =
        server.post(gizmos(), "{apiVersion: ex.io/v1, kind: Gizmo, metadata: {name: a}}").is(201);
    assertThat(empty.has("/metadata/managedFields")).isFalse();
    assertThat(server.merge(gizmos() + "/a", "{f: 1}").is(200).has("/metadata/managedFields"))
        .isFalse();
  }

  @Test
  @DisplayName("item 64: what nobody owns belongs to before-first-apply")
  void knowsWhatWasThereBefore() {
    server.post(widgets(), widget("a", "size: 1, limit: 9"));
    server.merge(widget(), "{metadata: {managedFields: [{}]}}").is(200);

    server
        .apply(widget(), "m", widget("a", "size: 2"))
        .refused(
            409,
            "Conflict",
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using ex.io/v1: .spec.size");
    Answer forced = server.apply(widget(), "m&force=true", widget("a", "size: 2")).is(200);
    assertThat(managers(forced)).containsExactlyInAnyOrder("before-first-apply Update", "m Apply");
  }

  @Test
  @DisplayName("item 64: kubectl takes over what it once applied from the client")
  void takesOverForKubectl() {
    String last =
        "{\\\"apiVersion\\\":\\\"v1\\\",\\\"kind\\\":\\\"ConfigMap\\\",\\\"metadata\\\":{\\\"name\\\":\\\"a\\\",\\\"namespace\\\":\\\"%s\\\"},\\\"data\\\":{\\\"k\\\":\\\"v\\\",\\\"gone\\\":\\\"x\\\"}}"
            .formatted(ns);
    server
        .post(
            configMaps() + "?fieldManager=kubectl-client-side-apply",
            "{metadata: {name: a, annotations: {kubectl.kubernetes.io/last-applied-configuration: \"%s\"}}, data: {k: v, gone: x}}"
                .formatted(last))
        .is(201);

    Answer applied =
        server.apply(
            configMaps() + "/a",
            "kubectl",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: w}}");

    applied.is(200).holds("/data", "{gone: x, k: w}");
    assertThat(managers(applied))
        .containsExactlyInAnyOrder("kubectl Apply", "kubectl-client-side-apply Update");
    assertThat(
            applied.at("/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration"))
        .contains("\"data\":{\"k\":\"w\"}");
  }

  @Test
  @DisplayName("item 65: sets, maps by key, atomic lists and maps")
  void mergesByType() {
    server
        .apply(
            widget(),
            "m",
            widget("a", "tags: [x], parts: [{name: p}], words: [a], box: {a: b}, opts: {k: v}"))
        .is(201);

    Answer merged =
        server
            .apply(widget(), "n", widget("a", "tags: [z], parts: [{name: q}], opts: {l: w}"))
            .is(200);
    merged
        .holds("/spec/tags", "[x, z]")
        .holds("/spec/parts", "[{name: p}, {name: q}]")
        .holds("/spec/opts", "{k: v, l: w}");
    server
        .apply(widget(), "n", widget("a", "words: [a, b]"))
        .refused(409, "Conflict", "Apply failed with 1 conflict: conflict with \"m\": .spec.words");
    server
        .apply(widget(), "n", widget("a", "box: {b: c}"))
        .refused(409, "Conflict", "Apply failed with 1 conflict: conflict with \"m\": .spec.box");
  }

  @Test
  @DisplayName("item 65: keys with defaults, missing keys, duplicate keys")
  void wantsTheKeysOfListMaps() {
    Answer made = server.apply(widget(), "m", widget("a", "ports: [{port: 80}]")).is(201);
    made.holds("/spec/ports", "[{port: 80, protocol: TCP}]");
    assertThat(fields(made, "m", "Apply").toString())
        .contains("k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}");

    server.apply(widget(), "m", widget("a", "parts: [{count: 1}]")).refused(500, "");
    Answer twice = server.apply(widget(), "m", widget("a", "parts: [{name: k9}, {name: k9}]"));
    twice.refused(500, "");
    assertThat(twice.at("/message")).contains("duplicate entries for key [name=\"k9\"]");
  }

  @Test
  @DisplayName("item 65: the lists of built-in kinds")
  void knowsTheListsOfBuiltInKinds() {
    String service =
        "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{name: p%1$d, port: %1$d}]}}";
    server.apply(core("services") + "/s", "m", service.formatted(80)).is(201);
    Answer both = server.apply(core("services") + "/s", "n", service.formatted(81));
    assertThat(both.is(200).each("/spec/ports", "/port")).containsExactly("80", "81");
    server.apply(deployments() + "/d", "m", deployment("d")).is(201);

    Answer sidecar =
        server.apply(
            deployments() + "/d",
            "n",
            """
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {spec: {
              containers: [{name: side, image: j, env: [{name: E, value: '1'}], args: [x]}]}}}}
            """);
    assertThat(sidecar.is(200).each("/spec/template/spec/containers", "/name"))
        .containsExactly("c", "side");
    Answer args =
        server.apply(
            deployments() + "/d",
            "o",
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {template: {spec: {containers: [{name: side, args: ['y']}]}}}}");
    args.refused(
        409,
        "Conflict",
        "Apply failed with 1 conflict: conflict with \"n\": .spec.template.spec.containers[name=\"side\"].args");
    server
        .apply(
            deployments() + "/d",
            "o",
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {b: c}}}}")
        .refused(
            409, "Conflict", "Apply failed with 1 conflict: conflict with \"m\": .spec.selector");
  }

  @Test
  @DisplayName("item 65: duplicate keys of a POST are kept, of an apply refused")
  void refusesDuplicateKeysOfAnApply() {
    String twice =
        deployment("d")
            .replace("image: i}", "image: i, env: [{name: E, value: a}, {name: E, value: b}]}");

    server.post(deployments(), twice).is(201);
    Answer applied = server.apply(deployments() + "/e", "m", twice.replace("name: d", "name: e"));

    applied.refused(500, "");
    assertThat(applied.at("/message")).startsWith("failed to create typed patch object");
  }

  @Test
  @DisplayName("item 66: without a schema maps are granular and lists atomic")
  void deducesTypes() {
    server.apply(widget(), "m", widget("a", "free: {x: {w: 1}, l: [{name: a}]}")).is(201);

    Answer merged = server.apply(widget(), "n", widget("a", "free: {x: {z: 2}}")).is(200);
    merged.holds("/spec/free", "{x: {w: 1, z: 2}, l: [{name: a}]}");
    server
        .apply(widget(), "n", widget("a", "free: {l: [{name: b}]}"))
        .refused(
            409, "Conflict", "Apply failed with 1 conflict: conflict with \"m\": .spec.free.l");
  }

  @Test
  @DisplayName("item 66: a field that the schema does not know")
  void refusesUnknownFieldsOfAnApply() {
    server
        .apply(widget(), "m", widget("a", "foo: 1"))
        .refused(
            500,
            "",
            "failed to create typed patch object (/a; ex.io/v1, Kind=Widget): .spec.foo: field not declared in schema");
    server
        .apply(widget(), "m", widget("a", "foo: 1").replace("name: a", "name: a, namespace: " + ns))
        .refused(
            500,
            "",
            "failed to create typed patch object (%s/a; ex.io/v1, Kind=Widget): .spec.foo: field not declared in schema"
                .formatted(ns));
    server
        .apply(
            configMaps() + "/a",
            "m",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, foo: 1}")
        .refused(
            500,
            "",
            "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .foo: field not declared in schema");
  }

  @Test
  @DisplayName("item 67: null and empty maps are applied; lists keep the applier's order")
  void appliesNullsEmptyMapsAndOrder() {
    Answer made =
        server.apply(widget(), "m", widget("a", "free: {none: null, e: {}}, tags: [c, a]")).is(201);
    made.holds("/spec/free", "{none: null, e: {}}");
    assertThat(fields(made, "m", "Apply").toString())
        .contains("\"f:free\":{\"f:e\":{},\"f:none\":{}}");

    Answer merged = server.apply(widget(), "n", widget("a", "tags: [b, a, d]")).is(200);
    assertThat(merged.node("/spec/tags")).hasSize(4);
    assertThat(List.of(merged.at("/spec/tags")))
        .as("c stays before a; b, a, d keep their order")
        .containsAnyOf("[\"c\",\"b\",\"a\",\"d\"]", "[\"b\",\"c\",\"a\",\"d\"]");
  }

  @Test
  @DisplayName("item 67: an empty list of a set or map has no entry, an empty map has")
  void notesEmptyMapsAndNotEmptyLists() {
    Answer made =
        server.apply(
            widget(), "m", widget("a", "tags: [], parts: [], words: [], opts: {}, box: {}"));

    assertThat(fields(made.is(201), "m", "Apply").toString())
        .isEqualTo("{\"f:spec\":{\"f:box\":{},\"f:opts\":{},\"f:words\":{}}}");
  }

  @Test
  @DisplayName("item 68: an apply that changes nothing, a dry run, the status of nothing")
  void changesNothing() {
    Answer made = server.apply(widget(), "m", widget("a", "size: 1")).is(201);

    Answer same = server.apply(widget(), "m", widget("a", "size: 1")).is(200);
    assertThat(same.text()).isEqualTo(made.text());
    Answer dry = server.apply(widget(), "m&dryRun=All", widget("a", "size: 2")).is(200);
    assertThat(dry.at("/spec/size") + " " + dry.version()).isEqualTo("2 " + made.version());
    assertThat(server.get(widget()).at("/spec/size")).isEqualTo("1");
    server
        .apply(
            widgets() + "/b/status",
            "m",
            "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: b}, status: {ready: 1}}")
        .refused(404, "NotFound", "widgets.ex.io \"b\" not found");
  }

  @Test
  @DisplayName("item 69: apply works for every kind and is seen in every answer")
  void appliesEveryKind() {
    server
        .apply(
            core("secrets") + "/s",
            "m",
            "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {k: dg==}}")
        .is(201);
    server
        .apply(
            "/api/v1/namespaces/" + ns + "-x",
            "m",
            "{apiVersion: v1, kind: Namespace, metadata: {name: %s-x}}".formatted(ns))
        .is(201);
    server.apply(widget(), "m", metadata("labels: {a: b}")).is(201);

    assertThat(managers(server.get(core("secrets") + "/s"))).containsExactly("m Apply");
    assertThat(managers(server.get(widget()))).containsExactly("m Apply");
    assertThat(server.get(widgets()).has("/items/0/metadata/managedFields")).isTrue();
  }

  @Test
  @DisplayName("item 67: required lists that are empty are shown as null; who sent them owns them")
  void showsEmptyRequiredListsAsNull() {
    String roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + ns + "/roles";
    String role = "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: %s}%s}";

    Answer sent = server.post(roles, role.formatted("a", ", rules: []")).is(201);
    Answer none = server.post(roles, role.formatted("b", "")).is(201);
    Answer applied = server.apply(roles + "/c", "m", role.formatted("c", ", rules: []")).is(201);
    Answer nothing = server.apply(roles + "/d", "m", role.formatted("d", "")).is(201);

    for (Answer each : List.of(sent, none, applied, nothing, server.get(roles + "/a"))) {
      assertThat(each.node("/rules").isNull()).as(each.text()).isTrue();
    }
    assertThat(fields(sent, "tester", "Update").toString()).isEqualTo("{\"f:rules\":{}}");
    assertThat(none.has("/metadata/managedFields")).isFalse();
    assertThat(fields(applied, "m", "Apply").toString()).isEqualTo("{\"f:rules\":{}}");
    assertThat(nothing.has("/metadata/managedFields")).isFalse();
  }

  @Test
  @DisplayName("item 67: empty lists of limit ranges, slices, policies")
  void ownsEmptyRequiredLists() {
    Answer limits =
        server.post(core("limitranges"), "{metadata: {name: a}, spec: {limits: []}}").is(201);
    limits.holds("/spec", "{limits: null}");
    assertThat(fields(limits, "tester", "Update").toString())
        .isEqualTo("{\"f:spec\":{\"f:limits\":{}}}");
    Answer slice =
        server.post(
            "/apis/discovery.k8s.io/v1/namespaces/" + ns + "/endpointslices",
            "{metadata: {name: a}, addressType: IPv4, endpoints: [], ports: []}");
    assertThat(slice.is(201).node("/endpoints").isNull()).as(slice.text()).isTrue();
    assertThat(fields(slice, "tester", "Update").toString())
        .isEqualTo("{\"f:addressType\":{},\"f:endpoints\":{},\"f:ports\":{}}");
    Answer policy =
        server.post(
            "/apis/networking.k8s.io/v1/namespaces/" + ns + "/networkpolicies",
            "{metadata: {name: a}, spec: {podSelector: {}, ingress: [], policyTypes: []}}");
    policy.is(201).holds("/spec", "{podSelector: {}, policyTypes: [Ingress]}");
    assertThat(fields(policy, "tester", "Update").toString())
        .isEqualTo("{\"f:spec\":{\"f:policyTypes\":{}}}");
  }
}
