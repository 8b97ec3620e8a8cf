package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Metadata rules, defaults and validation of built-in kinds. */
abstract class KindsContract extends ApiServerContract {
  private static final String OWNER = "{apiVersion: v1, kind: Pod, name: p, uid: u%s}";

  private static String named(String name) {
    return "{metadata: {name: '%s'}}".formatted(name);
  }

  @Test
  @DisplayName("item 31: names")
  void checksNames() {
    assertThat(server.post(configMaps(), named("a.b-c")).status()).isEqualTo(201);
    assertThat(server.post(configMaps(), named("A")).refused(422, "Invalid").causes())
        .containsExactly("FieldValueInvalid metadata.name");
    assertThat(server.post(configMaps(), named("a".repeat(254))).status()).isEqualTo(422);
    assertThat(server.post(configMaps(), named("a".repeat(253))).status()).isEqualTo(201);
    assertThat(server.post("/api/v1/namespaces", named("a.b")).status()).isEqualTo(422);
    assertThat(server.post("/api/v1/namespaces", named("a".repeat(64))).status()).isEqualTo(422);
    Answer service =
        server.post(core("services"), "{metadata: {name: 1a}, spec: {ports: [{port: 80}]}}");
    assertThat(service.status()).as(service.text()).isEqualTo(201);
    assertThat(
            server
                .post(core("services"), "{metadata: {name: a.b}, spec: {ports: [{port: 80}]}}")
                .status())
        .isEqualTo(422);
    String roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + ns + "/roles";
    assertThat(server.post(roles, "{metadata: {name: 'A:b'}, rules: []}").status()).isEqualTo(201);
  }

  @Test
  @DisplayName("item 31: labels, annotations, owners")
  void checksLabelsAndOwners() {
    String label = "{metadata: {name: a, labels: {%s}}}";
    assertThat(server.post(configMaps(), label.formatted("x: " + "y".repeat(64))).causes())
        .containsExactly("FieldValueInvalid metadata.labels");
    assertThat(server.post(configMaps(), label.formatted("'a/b/c': x")).causes())
        .containsExactly("FieldValueInvalid metadata.labels");
    assertThat(server.post(configMaps(), "{metadata: {name: a, annotations: {'!': x}}}").causes())
        .containsExactly("FieldValueInvalid metadata.annotations");
    String owners = "{metadata: {name: a, ownerReferences: [%s]}}";
    assertThat(server.post(configMaps(), owners.formatted("{kind: x, name: 'y'}")).causes())
        .containsExactly(
            "FieldValueInvalid metadata.ownerReferences.apiVersion",
            "FieldValueInvalid metadata.ownerReferences.uid");
    String controller = OWNER.replace("}", ", controller: true}");
    Answer two =
        server.post(
            configMaps(),
            owners.formatted(controller.formatted("1") + ", " + controller.formatted("2")));
    assertThat(two.refused(422, "Invalid").causes())
        .containsExactly("FieldValueInvalid metadata.ownerReferences");
    assertThat(two.at("/message"))
        .contains(
            "Only one reference can have Controller set to true. Found \"true\" in references for"
                + " Pod/p and Pod/p");
  }

  @Test
  @DisplayName("item 32: null and empty maps of the metadata are absent, empty strings stay")
  void storesEmptyMapsAsAbsent() {
    for (String path : new String[] {configMaps(), gizmos()}) {
      Answer made =
          server.post(
              path,
              "{apiVersion: %s, kind: %s, metadata: {name: a, labels: {}, annotations: null, finalizers: [], ownerReferences: []}}"
                  .formatted(
                      path.equals(gizmos()) ? "ex.io/v1" : "v1",
                      path.equals(gizmos()) ? "Gizmo" : "ConfigMap"));
      made.is(201);
      for (String field : new String[] {"labels", "annotations", "finalizers", "ownerReferences"}) {
        assertThat(made.has("/metadata/" + field)).as(field).isFalse();
      }
      Answer labelled = server.merge(path + "/a", "{metadata: {labels: {x: ''}}}").is(200);
      labelled.holds("/metadata/labels", "{x: ''}");
      assertThat(
              server.merge(path + "/a", "{metadata: {labels: {x: null}}}").has("/metadata/labels"))
          .isFalse();
    }
    assertThat(server.post(configMaps(), "{metadata: {name: b}, data: {}}").has("/data")).isFalse();
  }

  @Test
  @DisplayName("item 33: a Deployment's defaults")
  void fillsInDeployments() {
    Answer made = server.post(deployments(), deployment("d")).is(201);

    made.holds(
        "/spec/strategy",
        "{type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%, maxSurge: 25%}}");
    assertThat(made.at("/spec/revisionHistoryLimit")).isEqualTo("10");
    assertThat(made.at("/spec/progressDeadlineSeconds")).isEqualTo("600");
    String pod = "/spec/template/spec";
    assertThat(made.at(pod + "/restartPolicy")).isEqualTo("Always");
    assertThat(made.at(pod + "/dnsPolicy")).isEqualTo("ClusterFirst");
    assertThat(made.at(pod + "/schedulerName")).isEqualTo("default-scheduler");
    assertThat(made.at(pod + "/terminationGracePeriodSeconds")).isEqualTo("30");
    assertThat(made.at(pod + "/securityContext")).isEqualTo("{}");
    made.holds(
        pod + "/containers",
        "[{name: c, image: i, resources: {}, terminationMessagePath: /dev/termination-log, terminationMessagePolicy: File, imagePullPolicy: Always}]");
  }

  @Test
  @DisplayName("item 33: Services get an address that stays")
  void fillsInServices() {
    String service = "{metadata: {name: s}, spec: {ports: [{port: 80}]}}";
    Answer made = server.post(core("services"), service).is(201);

    assertThat(made.at("/spec/clusterIP")).startsWith("10.");
    assertThat(made.at("/spec/type")).isEqualTo("ClusterIP");
    assertThat(made.at("/spec/sessionAffinity")).isEqualTo("None");
    assertThat(made.at("/spec/internalTrafficPolicy")).isEqualTo("Cluster");
    made.holds("/spec/ports", "[{protocol: TCP, port: 80, targetPort: 80}]");
    made.holds("/spec/clusterIPs", "['%s']".formatted(made.at("/spec/clusterIP")));
    assertThat(server.put(core("services") + "/s", service).is(200).at("/spec/clusterIP"))
        .isEqualTo(made.at("/spec/clusterIP"));
    assertThat(
            server
                .merge(
                    core("services") + "/s",
                    "{spec: {clusterIP: 10.0.200.200, clusterIPs: [10.0.200.200]}}")
                .refused(422, "Invalid")
                .causes())
        .contains("FieldValueInvalid spec.clusterIPs[0]");
  }

  @Test
  @DisplayName("item 33: Secrets, Pods and Jobs")
  void fillsInSecretsPodsAndJobs() {
    Answer secret =
        server.post(core("secrets"), "{metadata: {name: s}, data: {a: dg==}, stringData: {b: w}}");
    assertThat(secret.is(201).at("/type")).isEqualTo("Opaque");
    assertThat(secret.has("/stringData")).isFalse();
    secret.holds("/data", "{a: dg==, b: dw==}");
    Answer pod =
        server.post(
            core("pods"), "{metadata: {name: p}, spec: {containers: [{name: c, image: 'i:1'}]}}");
    assertThat(pod.is(201).at("/spec/containers/0/imagePullPolicy")).isEqualTo("IfNotPresent");
    assertThat(pod.at("/status/phase") + " " + pod.at("/status/qosClass"))
        .isEqualTo("Pending BestEffort");
    Answer job =
        server.post(
            "/apis/batch/v1/namespaces/" + ns + "/jobs",
            "{metadata: {name: j}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}");
    String uid = job.is(201).at("/metadata/uid");
    job.holds(
        "/spec/selector", "{matchLabels: {batch.kubernetes.io/controller-uid: %s}}".formatted(uid));
    assertThat(job.at("/spec/template/metadata/labels/job-name")).isEqualTo("j");
    assertThat(job.at("/spec/completions") + job.at("/spec/parallelism")).isEqualTo("11");
    assertThat(job.at("/spec/backoffLimit")).isEqualTo("6");
  }

  @Test
  @DisplayName("item 33: fields that never change")
  void refusesToChangeImmutableFields() {
    server.post(configMaps(), "{metadata: {name: a}, immutable: true, data: {k: v}}");
    immutable(server.merge(configMaps() + "/a", "{data: {k: w}}"), "FieldValueForbidden data");
    server.post(core("secrets"), "{metadata: {name: s}}");
    immutable(server.merge(core("secrets") + "/s", "{type: ex.io/t}"), "FieldValueInvalid type");
    server.post(deployments(), deployment("d"));
    immutable(
        server.merge(
            deployments() + "/d",
            "{spec: {selector: {matchLabels: {app: b}}, template: {metadata: {labels: {app: b}}}}}"),
        "FieldValueInvalid spec.selector");
    String jobs = "/apis/batch/v1/namespaces/" + ns + "/jobs";
    server.post(
        jobs,
        "{metadata: {name: j}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}");
    immutable(
        server.merge(
            jobs + "/j", "{spec: {template: {spec: {containers: [{name: c, image: k}]}}}}"),
        "FieldValueInvalid spec.template");
    String claims = core("persistentvolumeclaims");
    server.post(
        claims,
        "{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}");
    immutable(
        server.merge(claims + "/c", "{spec: {accessModes: [ReadWriteMany]}}"),
        "FieldValueForbidden spec");
    String bindings = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + ns + "/rolebindings";
    server.post(
        bindings,
        "{metadata: {name: b}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}, subjects: []}");
    immutable(
        server.merge(bindings + "/b", "{roleRef: {name: other}}"), "FieldValueInvalid roleRef");
  }

  private static void immutable(Answer answer, String cause) {
    assertThat(answer.refused(422, "Invalid").causes()).containsExactly(cause);
  }

  @Test
  @DisplayName("item 33: Recreate and a rolling update do not go together")
  void refusesARollingUpdateOfRecreate() {
    Answer made =
        server.post(
            deployments(),
            deployment("d")
                .replace(
                    "replicas: 2,",
                    "replicas: 2, strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}},"));

    made.refused(
        422,
        "Invalid",
        "Deployment.apps \"d\" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'");
    server.post(deployments(), deployment("e")).is(201);
    assertThat(
            server
                .merge(deployments() + "/e", "{spec: {strategy: {type: Recreate}}}")
                .refused(422, "Invalid")
                .causes())
        .containsExactly("FieldValueForbidden spec.strategy.rollingUpdate");
    server
        .merge(deployments() + "/e", "{spec: {strategy: {type: Recreate, rollingUpdate: null}}}")
        .is(200);
  }

  @Test
  @DisplayName("item 33: a status that can't be")
  void refusesAStatusThatCanNotBe() {
    server.post(deployments(), deployment("d"));

    Answer answer =
        server.merge(
            deployments() + "/d/status",
            "{status: {replicas: 1, readyReplicas: 2, availableReplicas: 3, updatedReplicas: 4}}");

    assertThat(answer.refused(422, "Invalid").causes())
        .containsExactlyInAnyOrder(
            "FieldValueInvalid status.updatedReplicas",
            "FieldValueInvalid status.readyReplicas",
            "FieldValueInvalid status.availableReplicas");
    assertThat(answer.at("/message"))
        .contains("status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas");
    assertThat(server.merge(deployments() + "/d/status", "{status: {replicas: -1}}").causes())
        .contains("FieldValueInvalid status.replicas");
    server
        .merge(
            deployments() + "/d/status",
            "{status: {replicas: 3, readyReplicas: 2, availableReplicas: 2, updatedReplicas: 3}}")
        .is(200);
  }

  @Test
  @DisplayName("item 33: requests above limits")
  void refusesRequestsAboveLimits() {
    String resources = "{requests: {cpu: 2, memory: 1Gi}, limits: {cpu: 1500m, memory: 2Gi}}";

    Answer answer =
        server.post(
            deployments(),
            deployment("d").replace("image: i}", "image: i, resources: " + resources + "}"));

    answer.refused(
        422,
        "Invalid",
        "Deployment.apps \"d\" is invalid: spec.template.spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1500m");
    Answer filled =
        server.post(
            deployments(),
            deployment("e").replace("image: i}", "image: i, resources: {limits: {cpu: '1'}}}"));
    filled.is(201).holds("/spec/template/spec/containers/0/resources", "{limits: {cpu: '1'}}");
    Answer pod =
        server.post(
            core("pods"),
            "{metadata: {name: p}, spec: {containers: [{name: c, image: i, resources: {limits: {cpu: '1'}}}]}}");
    pod.is(201).holds("/spec/containers/0/resources", "{limits: {cpu: '1'}, requests: {cpu: '1'}}");
  }

  @Test
  @DisplayName("item 33: autoscalers in their old version")
  void convertsAutoscalers() {
    String v2 = "/apis/autoscaling/v2/namespaces/" + ns + "/horizontalpodautoscalers";
    String v1 = v2.replace("v2", "v1");
    server
        .post(
            v1,
            "{metadata: {name: a}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, minReplicas: 2, maxReplicas: 5, targetCPUUtilizationPercentage: 70}}")
        .is(201);

    Answer newer = server.get(v2 + "/a").is(200);
    Answer older = server.get(v1 + "/a").is(200);

    assertThat(newer.at("/apiVersion")).isEqualTo("autoscaling/v2");
    newer.holds(
        "/spec/metrics",
        "[{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]");
    assertThat(older.at("/spec/targetCPUUtilizationPercentage")).isEqualTo("70");
    assertThat(older.at("/spec/minReplicas") + older.at("/spec/maxReplicas")).isEqualTo("25");
    assertThat(server.get(v1).is(200).names()).containsExactly("a");
    server.merge(v1 + "/a", "{spec: {maxReplicas: 9}}").is(200);
    assertThat(server.get(v2 + "/a").at("/spec/maxReplicas")).isEqualTo("9");
  }
}
