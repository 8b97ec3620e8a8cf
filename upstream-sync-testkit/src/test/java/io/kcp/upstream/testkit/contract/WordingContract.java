package io.kcp.upstream.testkit.contract;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is said about invalid objects of built-in kinds, word for word. */
abstract class WordingContract extends ApiServerContract {
  private static final String CONTAINER = "spec.template.spec.containers[0]";

  private final SoftAssertions softly = new SoftAssertions();

  @AfterEach
  void everythingIsAsExpected() {
    softly.assertAll();
  }

  private void refuses(String path, String body, String message) {
    Answer answer = server.post(path + "?dryRun=All", body);
    softly.assertThat(answer.status()).as(body).isEqualTo(422);
    softly.assertThat(answer.at("/message")).as(body).contains(" is invalid: ").endsWith(message);
  }

  /** A Deployment with something more in its spec, the pod's spec, and the container. */
  private void deployment(String spec, String pod, String container, String message) {
    refuses(
        deployments(),
        "{metadata: {name: d}, spec: {%s selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {%s containers: [{name: c, image: i%s}]}}}}"
            .formatted(spec, pod, container),
        message);
  }

  private void container(String more, String message) {
    deployment("", "", ", " + more, "is invalid: " + CONTAINER + message);
  }

  @Test
  @DisplayName("item 33: ports, variables and mounts of containers")
  void containers() {
    container("ports: [{containerPort: 0}]", ".ports[0].containerPort: Required value");
    container(
        "ports: [{containerPort: 70000}]",
        ".ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive");
    container(
        "ports: [{containerPort: 80, name: a}, {containerPort: 81, name: a}]",
        ".ports[1].name: Duplicate value: \"a\"");
    container("env: [{name: ''}]", ".env[0].name: Required value");
    container(
        "env: [{name: 'a=b', value: x}]",
        ".env[0].name: Invalid value: \"a=b\": a valid environment variable name must consist only"
            + " of printable ASCII characters other than '='");
    container(
        "volumeMounts: [{name: v, mountPath: /x}]", ".volumeMounts[0].name: Not found: \"v\"");
    container(
        "imagePullPolicy: Sometimes",
        ".imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\","
            + " \"IfNotPresent\", \"Never\"");
  }

  @Test
  @DisplayName("item 33: probes")
  void probes() {
    container("livenessProbe: {}", ".livenessProbe: Required value: must specify a handler type");
    container(
        "livenessProbe: {httpGet: {path: /, port: 0}}",
        ".livenessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive");
    container(
        "livenessProbe: {httpGet: {path: /, port: 80}, periodSeconds: -1}",
        ".livenessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0");
    container(
        "readinessProbe: {httpGet: {path: /, port: 80}, exec: {command: [a]}}",
        ".readinessProbe.httpGet: Forbidden: may not specify more than 1 handler type");
  }

  @Test
  @DisplayName("item 33: where a pod runs")
  void placement() {
    String pod = "is invalid: spec.template.spec.";
    deployment(
        "",
        "dnsPolicy: Odd,",
        "",
        pod
            + "dnsPolicy: Unsupported value: \"Odd\": supported values:"
            + " \"ClusterFirstWithHostNet\", \"ClusterFirst\", \"Default\", \"None\"");
    deployment(
        "",
        "tolerations: [{operator: Exists, value: x, key: k}],",
        "",
        pod
            + "tolerations[0].operator: Invalid value: \"x\": value must be empty when `operator`"
            + " is 'Exists'");
    deployment(
        "",
        "activeDeadlineSeconds: 5,",
        "",
        pod
            + "activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not"
            + " Supported");
    for (String field : List.of("nodeSelector: {'a b': c},", "serviceAccountName: A_,")) {
      String name = field.substring(0, field.indexOf(':'));
      Answer answer =
          server.post(
              deployments() + "?dryRun=All",
              deployment("d").replace("{containers", "{" + field + " containers"));
      softly.assertThat(answer.at("/message")).contains(pod + name + ": Invalid value: ");
    }
  }

  @Test
  @DisplayName("item 33: how a Deployment rolls out")
  void rollOuts() {
    String least = ": must be greater than or equal to 0";
    deployment("replicas: -1,", "", "", "spec.replicas: Invalid value: -1" + least);
    deployment("minReadySeconds: -1,", "", "", "spec.minReadySeconds: Invalid value: -1" + least);
    deployment(
        "revisionHistoryLimit: -1,",
        "",
        "",
        "spec.revisionHistoryLimit: Invalid value: -1" + least);
    deployment(
        "progressDeadlineSeconds: 0,",
        "",
        "",
        "spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds");
    deployment(
        "strategy: {rollingUpdate: {maxSurge: -1}},",
        "",
        "",
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: -1" + least);
    deployment(
        "strategy: {rollingUpdate: {maxSurge: x}},",
        "",
        "",
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be"
            + " a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for"
            + " validation is '[0-9]+%')");
    deployment(
        "strategy: {rollingUpdate: {maxUnavailable: 200%}},",
        "",
        "",
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"200%\": must not be greater"
            + " than 100%");
    deployment(
        "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}},",
        "",
        "",
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge`"
            + " is 0");
  }

  @Test
  @DisplayName("item 33: services and their data")
  void servicesAndData() {
    String service = "{metadata: {name: s}, spec: {%s ports: [{port: 80%s}]}}";
    refuses(
        core("services"),
        service.formatted("sessionAffinity: Odd,", ""),
        "spec.sessionAffinity: Unsupported value: \"Odd\": supported values: \"ClientIP\","
            + " \"None\"");
    refuses(
        core("services"),
        service.formatted("", ", nodePort: 30000"),
        "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'");
    refuses(
        core("services"),
        service.formatted("clusterIP: x,", ""),
        "spec.clusterIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or"
            + " 2001:db8::ffff)");
    refuses(
        core("configmaps"),
        "{metadata: {name: s}, data: {a: c}, binaryData: {a: Yw==}}",
        "data[a]: Invalid value: \"a\": duplicate of key present in binaryData");
    refuses(
        core("persistentvolumeclaims"),
        "{metadata: {name: s}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage:"
            + " 0}}}}",
        "spec.resources[storage]: Invalid value: \"0\": must be greater than zero");
  }

  @Test
  @DisplayName("item 33: jobs, autoscalers, rights, classes")
  void others() {
    String batch = "/apis/batch/v1/namespaces/" + ns;
    String pod = "template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}";
    for (String field : List.of("parallelism", "backoffLimit", "completions")) {
      refuses(
          batch + "/jobs",
          "{metadata: {name: j}, spec: {%s: -1, %s}}".formatted(field, pod),
          "spec." + field + ": Invalid value: -1: must be greater than or equal to 0");
    }
    refuses(
        batch + "/cronjobs",
        "{metadata: {name: j}, spec: {schedule: '* * * * *', concurrencyPolicy: Odd, jobTemplate: {spec: {%s}}}}"
            .formatted(pod),
        "spec.concurrencyPolicy: Unsupported value: \"Odd\": supported values: \"Allow\","
            + " \"Forbid\", \"Replace\"");
    refuses(
        "/apis/autoscaling/v2/namespaces/" + ns + "/horizontalpodautoscalers",
        "{metadata: {name: h}, spec: {minReplicas: 5, maxReplicas: 2, scaleTargetRef: {apiVersion:"
            + " apps/v1, kind: Deployment, name: d}}}",
        "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`");
    String rights = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + ns;
    refuses(
        rights + "/roles",
        "{metadata: {name: r}, rules: [{apiGroups: [''], resources: [pods]}]}",
        "rules[0].verbs: Required value: verbs must contain at least one value");
    refuses(
        rights + "/rolebindings",
        "{metadata: {name: r}, roleRef: {kind: Odd, name: x}}",
        "roleRef.kind: Unsupported value: \"Odd\": supported values: \"Role\", \"ClusterRole\"");
    refuses(
        "/apis/storage.k8s.io/v1/storageclasses",
        "{metadata: {name: s}}",
        "provisioner: Required value");
  }
}
