package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import org.junit.jupiter.api.Test;

class CleaningTest {
  private static ObjectTree clean(String resource, String yaml) {
    return Cleaning.of(GroupResource.parse(resource)).clean(Objects.yaml(yaml));
  }

  private static void assertCleaned(String resource, String before, String after) {
    assertThat(clean(resource, before).asMap()).isEqualTo(Objects.yaml(after).asMap());
  }

  @Test
  void whatOnlyTheServerWritesGoes() {
    assertCleaned(
        "widgets.example.com",
        """
        kind: Widget
        metadata:
          name: w
          namespace: shop
          generateName: w-
          uid: u1
          resourceVersion: "7"
          generation: 3
          creationTimestamp: "2026-01-01T00:00:00Z"
          deletionTimestamp: "2026-01-02T00:00:00Z"
          deletionGracePeriodSeconds: 30
          selfLink: /x
          finalizers: [example.com/wait]
          managedFields: [{manager: kubectl}]
          labels: {app: web}
        """,
        """
        kind: Widget
        metadata: {name: w, namespace: shop, labels: {app: web}}
        """);
  }

  @Test
  void bookkeepingOfSyncersGoesAndUsersKeysStay() {
    assertCleaned(
        "configmaps",
        """
        metadata:
          name: c
          labels:
            state.workload.kcp.io/abc: Sync
            internal.workload.kcp.io/cluster: abc
            app: web
            example.com/workload.kcp.io: "no domain of ours"
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: "{}"
            kcp.io/cluster: abc
            kcp.io/namespace-locator: "{}"
            workload.kcp.io/rv: "7"
            upstream.workload.kcp.io/sync: disabled
            test.kcp.io/behaviour: crash-loop
            otherworkload.kcp.io/x: stays
        """,
        """
        metadata:
          name: c
          labels: {app: web, example.com/workload.kcp.io: "no domain of ours"}
          annotations: {test.kcp.io/behaviour: crash-loop, otherworkload.kcp.io/x: stays}
        """);
  }

  @Test
  void annotationsThatCleaningEmptiedGoTooAndOtherEmptyMapsStay() {
    assertCleaned(
        "networkpolicies.networking.k8s.io",
        """
        metadata: {name: n, annotations: {kcp.io/cluster: abc}}
        spec: {podSelector: {}, ingress: [{}]}
        """,
        """
        metadata: {name: n}
        spec: {podSelector: {}, ingress: [{}]}
        """);
  }

  @Test
  void aPodLosesItsNodeAndWhatAdmissionAdded() {
    assertCleaned(
        "pods",
        """
        metadata: {name: p, labels: {app: web, controller-uid: u1}}
        spec:
          nodeName: n1
          serviceAccountName: web
          serviceAccount: web
          priority: 0
          preemptionPolicy: PreemptLowerPriority
          containers:
          - name: web
            volumeMounts:
            - {name: data, mountPath: /data}
            - {name: kube-api-access-x7x2b, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}
          - name: side
            volumeMounts:
            - {name: kube-api-access-x7x2b, mountPath: /var/run/secrets/kubernetes.io/serviceaccount}
          volumes:
          - {name: data, emptyDir: {}}
          - {name: kube-api-access-x7x2b, projected: {sources: []}}
          tolerations:
          - {key: dedicated, operator: Exists, effect: NoSchedule}
          - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 300}
          - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 60}
        """,
        """
        metadata: {name: p, labels: {app: web}}
        spec:
          serviceAccountName: web
          containers:
          - {name: web, volumeMounts: [{name: data, mountPath: /data}]}
          - {name: side}
          volumes:
          - {name: data, emptyDir: {}}
          tolerations:
          - {key: dedicated, operator: Exists, effect: NoSchedule}
          - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 60}
        """);
  }

  @Test
  void aServiceLosesAllocatedAddressesAndPorts() {
    assertCleaned(
        "services",
        """
        spec:
          type: LoadBalancer
          clusterIP: 10.0.0.7
          clusterIPs: [10.0.0.7]
          ipFamilies: [IPv4]
          ipFamilyPolicy: SingleStack
          healthCheckNodePort: 31000
          ports: [{port: 80, nodePort: 30080}, {port: 443, nodePort: 30443}]
        """,
        """
        spec: {type: LoadBalancer, ports: [{port: 80}, {port: 443}]}
        """);
  }

  @Test
  void aHeadlessServiceStaysHeadless() {
    ObjectTree headless =
        clean("services", "{spec: {clusterIP: None, clusterIPs: [None], ipFamilies: [IPv4]}}");

    assertThat(headless.asMap())
        .isEqualTo(Objects.yaml("{spec: {clusterIP: None, clusterIPs: [None]}}").asMap());
  }

  @Test
  void claimsAndVolumesLoseHowTheyWereBound() {
    assertCleaned(
        "persistentvolumeclaims",
        """
        metadata:
          annotations:
            pv.kubernetes.io/bind-completed: "yes"
            pv.kubernetes.io/bound-by-controller: "yes"
            volume.kubernetes.io/selected-node: n1
            volume.beta.kubernetes.io/storage-provisioner: p
            volume.beta.kubernetes.io/storage-class: fast
        spec: {volumeName: pvc-1, storageClassName: fast}
        """,
        """
        metadata: {annotations: {volume.beta.kubernetes.io/storage-class: fast}}
        spec: {storageClassName: fast}
        """);
    assertCleaned(
        "persistentvolumes",
        """
        metadata: {annotations: {pv.kubernetes.io/provisioned-by: p}}
        spec: {claimRef: {name: data, namespace: shop, uid: u1, resourceVersion: "7"}}
        """,
        """
        spec: {claimRef: {name: data, namespace: shop}}
        """);
  }

  @Test
  void aJobLosesWhatTheServerMadeOfItsUid() {
    assertCleaned(
        "jobs.batch",
        """
        metadata: {name: j, labels: {controller-uid: u1}}
        spec:
          selector: {matchLabels: {batch.kubernetes.io/controller-uid: u1}}
          template:
            metadata:
              labels:
                controller-uid: u1
                batch.kubernetes.io/controller-uid: u1
                job-name: j
                batch.kubernetes.io/job-name: j
            spec: {restartPolicy: Never}
        """,
        """
        metadata: {name: j}
        spec: {template: {spec: {restartPolicy: Never}}}
        """);
  }

  @Test
  void aJobWithASelectorOfItsOwnKeepsIt() {
    String job =
        """
        spec:
          manualSelector: true
          selector: {matchLabels: {controller-uid: mine}}
          template: {metadata: {labels: {controller-uid: mine}}}
        """;

    assertCleaned("jobs.batch", job, job);
    assertThat(clean("jobs.batch", job.replace("true", "false")).tree("spec.selector")).isEmpty();
  }

  @Test
  void controllersCountersGo() {
    assertCleaned(
        "deployments.apps",
        "{metadata: {name: d, annotations: {deployment.kubernetes.io/revision: '3', team: a}}}",
        "{metadata: {name: d, annotations: {team: a}}}");
    assertCleaned(
        "replicasets.apps",
        "{metadata: {name: r, annotations: {deployment.kubernetes.io/desired-replicas: '3'}}}",
        "{metadata: {name: r}}");
  }

  @Test
  void aNamespaceAServiceAccountAndACrdLoseTheServersPart() {
    assertCleaned(
        "namespaces",
        "{metadata: {name: n, labels: {kubernetes.io/metadata.name: n}}, spec: {finalizers: [k]}}",
        "{metadata: {name: n}}");
    assertCleaned(
        "serviceaccounts",
        "{metadata: {name: s}, secrets: [{name: s-token-abcde}],"
            + " imagePullSecrets: [{name: s-dockercfg-abcde}, {name: registry}]}",
        "{metadata: {name: s}, imagePullSecrets: [{name: registry}]}");
    assertCleaned(
        "customresourcedefinitions.apiextensions.k8s.io",
        "{spec: {conversion: {webhook: {clientConfig: {caBundle: abc, url: u}}}}}",
        "{spec: {conversion: {webhook: {clientConfig: {url: u}}}}}");
  }

  @Test
  void rulesThatAControllerGathersGoAndOthersStay() {
    String plain = "{rules: [{verbs: [get]}]}";

    assertCleaned("clusterroles.rbac.authorization.k8s.io", plain, plain);
    assertCleaned(
        "clusterroles.rbac.authorization.k8s.io",
        "{aggregationRule: {clusterRoleSelectors: []}, rules: [{verbs: [get]}]}",
        "{aggregationRule: {clusterRoleSelectors: []}}");
  }

  @Test
  void rulesOfOneKindTouchNoOther() {
    String widget = "{spec: {nodeName: n1, clusterIP: 10.0.0.7, secrets: [{name: a}]}}";

    assertCleaned("widgets.example.com", widget, widget);
  }

  @Test
  void anObjectThatNeedsNothingIsTheSame() {
    ObjectTree clean = Objects.yaml("{kind: ConfigMap, metadata: {name: c}, data: {a: b}}");

    assertThat(Cleaning.of(GroupResource.parse("configmaps")).clean(clean)).isSameAs(clean);
  }

  @Test
  void oddlyTypedFieldsArePassedOver() {
    String odd = "{metadata: {name: p}, spec: {containers: none, volumes: {name: a}}}";

    assertCleaned("pods", odd, odd);
  }

  @Test
  void aRuleWithoutReasonOrWithAnUnknownConditionIsRefused() {
    assertThatThrownBy(() -> CleaningRule.parse("pods | spec.nodeName | | "))
        .hasMessageContaining("resource | path | condition | reason");
    assertThatThrownBy(() -> CleaningRule.parse("pods | spec.nodeName | when x | why"))
        .hasMessageContaining("not a condition: 'when x'");
    assertThatThrownBy(() -> CleaningRule.parse("pods | spec..nodeName | | why"))
        .hasMessageContaining("not a path: 'spec..nodeName' from 4 on");
  }
}
