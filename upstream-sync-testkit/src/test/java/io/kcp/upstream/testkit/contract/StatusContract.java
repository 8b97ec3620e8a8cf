package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The status subresource, other subresources, leases. */
abstract class StatusContract extends ApiServerContract {
  @Test
  @DisplayName("item 22: status and the rest are written apart")
  void keepsStatusAndTheRestApart() {
    Answer made =
        server
            .post(
                widgets(),
                "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a}, spec: {size: 1}, status: {ready: 1}}")
            .is(201);
    assertThat(made.has("/status")).isFalse();

    Answer status =
        server.merge(
            widgets() + "/a/status",
            "{metadata: {labels: {a: b}, annotations: {a: b}, finalizers: [ex.io/x]}, spec: {size: 9}, status: {ready: 2}}");
    Answer main = server.merge(widgets() + "/a", "{spec: {size: 3}, status: {ready: 7}}");

    assertThat(status.is(200).at("/spec/size")).isEqualTo("1");
    assertThat(status.at("/status/ready")).isEqualTo("2");
    assertThat(status.has("/metadata/labels")).isFalse();
    assertThat(status.has("/metadata/annotations")).isFalse();
    assertThat(status.has("/metadata/finalizers")).isFalse();
    assertThat(status.at("/metadata/generation")).isEqualTo("1");
    assertThat(status.version()).isNotEqualTo(made.version());
    assertThat(main.is(200).at("/spec/size")).isEqualTo("3");
    assertThat(main.at("/status/ready")).isEqualTo("2");
  }

  @Test
  @DisplayName("item 22: PUT of a status, with the version rule of the object")
  void putsAStatus() {
    Answer made = server.post(widgets(), widget("a", "size: 1"));
    String body =
        "{apiVersion: ex.io/v1, kind: Widget, metadata: {name: a, resourceVersion: '%s'}, status: {ready: 3}}";

    server.put(widgets() + "/a/status", body.formatted("1")).refused(409, "Conflict");
    Answer put = server.put(widgets() + "/a/status", body.formatted(made.version())).is(200);

    assertThat(put.at("/status/ready")).isEqualTo("3");
    assertThat(put.at("/spec/size")).isEqualTo("1");
    assertThat(server.get(widgets() + "/a/status").is(200).text()).isEqualTo(put.text());
  }

  @Test
  @DisplayName("item 22: the status of a Deployment takes annotations and finalizers along")
  void statusOfADeployment() {
    server.post(deployments(), deployment("d")).is(201);

    Answer status =
        server.merge(
            deployments() + "/d/status",
            "{metadata: {labels: {a: b}, annotations: {a: b}, finalizers: [ex.io/x]}, spec: {replicas: 9}, status: {replicas: 2}}");

    assertThat(status.is(200).at("/status/replicas")).isEqualTo("2");
    assertThat(status.at("/spec/replicas")).isEqualTo("2");
    assertThat(status.at("/metadata/annotations/a")).isEqualTo("b");
    assertThat(status.at("/metadata/finalizers/0")).isEqualTo("ex.io/x");
    assertThat(status.has("/metadata/labels")).isFalse();
    assertThat(status.at("/metadata/generation")).isEqualTo("1");
  }

  @Test
  @DisplayName("item 22: without the subresource status is an ordinary field")
  void withoutTheSubresource() {
    String gizmo = "{apiVersion: ex.io/v1, kind: Gizmo, metadata: {name: a}, status: {x: 1}}";

    assertThat(server.post(gizmos(), gizmo).is(201).at("/status/x")).isEqualTo("1");
    server.get(gizmos() + "/a/status").is(404);
    server.merge(gizmos() + "/a/status", "{status: {x: 2}}").is(404);
    server
        .merge(configMaps() + "/a/status", "{}")
        .refused(404, "NotFound", "the server could not find the requested resource");
  }

  @Test
  @DisplayName("item 70: scale writes the number of replicas and nothing else")
  void scales() {
    server.post(widgets(), widget("a", "replicas: 1, size: 1"));
    server.merge(widgets() + "/a/status", "{status: {replicas: 4, selector: 'a=b'}}").is(200);

    Answer read = server.get(widgets() + "/a/scale").is(200);
    Answer scaled = server.merge(widgets() + "/a/scale", "{spec: {replicas: 5}}").is(200);

    assertThat(read.at("/kind") + " " + read.at("/apiVersion")).isEqualTo("Scale autoscaling/v1");
    assertThat(read.at("/spec/replicas") + " " + read.at("/status/replicas")).isEqualTo("1 4");
    assertThat(read.at("/status/selector")).isEqualTo("a=b");
    assertThat(scaled.at("/spec/replicas")).isEqualTo("5");
    Answer after = server.get(widgets() + "/a");
    assertThat(after.at("/spec/replicas") + " " + after.at("/metadata/generation"))
        .isEqualTo("5 2");
    server.post(deployments(), deployment("d"));
    Answer put =
        server.put(
            deployments() + "/d/scale",
            "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: d, namespace: %s}, spec: {replicas: 7}}"
                .formatted(ns));
    assertThat(put.is(200).at("/status/selector")).isEqualTo("app=a");
    assertThat(server.get(deployments() + "/d").at("/spec/replicas")).isEqualTo("7");
    server.get(gizmos() + "/a/scale").is(404);
  }

  @Test
  @DisplayName("item 70: an eviction deletes the pod")
  void evicts() {
    server
        .post(core("pods"), "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}")
        .is(201);

    server
        .post(
            core("pods") + "/p/eviction",
            "{apiVersion: policy/v1, kind: Eviction, metadata: {name: p}}")
        .is(201);

    server.get(core("pods") + "/p").is(404);
    server
        .post(
            core("pods") + "/nope/eviction",
            "{apiVersion: policy/v1, kind: Eviction, metadata: {name: nope}}")
        .refused(404, "NotFound", "pods \"nope\" not found");
  }

  @Test
  @DisplayName("item 70: reviews are answered and not stored")
  void answersReviews() {
    Answer review =
        server.post(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{spec: {resourceAttributes: {verb: get, resource: pods}}}");

    assertThat(review.is(201).at("/status/allowed")).isEqualTo("true");
    assertThat(review.at("/kind")).isEqualTo("SelfSubjectAccessReview");
    server
        .get("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
        .refused(405, "MethodNotAllowed");
  }

  @Test
  @DisplayName("item 71: of parallel writes with one version exactly one succeeds")
  void letsOneOfParallelWritesThrough() {
    String leases = "/apis/coordination.k8s.io/v1/namespaces/" + ns + "/leases";
    Answer made = server.post(leases, "{metadata: {name: l}, spec: {holderIdentity: x}}").is(201);

    for (int round = 0; round < 5; round++) {
      String version = server.get(leases + "/l").version();
      List<Answer> answers =
          IntStream.range(0, 6)
              .parallel()
              .mapToObj(
                  writer ->
                      server.put(
                          leases + "/l",
                          "{metadata: {name: l, resourceVersion: '%s'}, spec: {holderIdentity: w%d-%s}}"
                              .formatted(version, writer, version)))
              .toList();

      assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
      assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(5);
      Answer winner =
          answers.stream().filter(answer -> answer.status() == 200).findFirst().orElseThrow();
      assertThat(server.get(leases + "/l").text()).isEqualTo(winner.text());
    }
    assertThat(made.at("/metadata/uid")).isEqualTo(server.get(leases + "/l").at("/metadata/uid"));
  }
}
