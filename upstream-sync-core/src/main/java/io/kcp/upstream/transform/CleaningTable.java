package io.kcp.upstream.transform;

/**
 * What belongs to one cluster, or to its server alone, and is therefore never pulled up. One rule a
 * line: resource ("*" all) | what is dropped | on which condition | why.
 *
 * <p>Paths: {@code a.b} fields, {@code [*]} every item of a list, {@code [x=y,z=*]} the items whose
 * fields have these values, {@code {name}} the keys of a map that have this name; in values and
 * names {@code *} stands for any characters and {@code ?} for any one. Conditions: {@code if PATH},
 * {@code unless PATH}, {@code unless PATH is VALUE}. A container that a rule has emptied goes too.
 */
final class CleaningTable {
  static final String RULES =
      """
      * | metadata.managedFields                      | | every server notes by itself who owns what
      * | metadata.finalizers                         | | controllers of the physical cluster wait there, and would never come here
      * | metadata.deletionTimestamp                  | | set by the server when it deletes
      * | metadata.deletionGracePeriodSeconds         | | set by the server when it deletes
      * | metadata.generateName                       | | the name has been made
      * | metadata.selfLink                           | | made by the server
      * | metadata.uid                                | | given by the server
      * | metadata.resourceVersion                    | | given by the server
      * | metadata.generation                         | | counted by the server
      * | metadata.creationTimestamp                  | | set by the server
      * | metadata.clusterName                        | | set by old kcp servers
      * | metadata.annotations{kubectl.kubernetes.io/last-applied-configuration} | | a copy of the whole object, Secrets' values included
      * | metadata.annotations{kcp.io/*}              | | says in which logical cluster an object lives, or belongs
      * | metadata.labels{internal.kcp.io/*}          | | kcp's own notes
      * | metadata.annotations{internal.kcp.io/*}     | | kcp's own notes
      * | metadata.labels{*internal.apis.kcp.io/*}    | | kcp's own notes
      * | metadata.annotations{*internal.apis.kcp.io/*} | | kcp's own notes
      * | metadata.labels{workload.kcp.io/*}          | | bookkeeping of a syncer
      * | metadata.labels{*.workload.kcp.io/*}        | | bookkeeping of a syncer: marks and states
      * | metadata.annotations{workload.kcp.io/*}     | | bookkeeping of a syncer
      * | metadata.annotations{*.workload.kcp.io/*}   | | bookkeeping of a syncer, and what a person tells it

      pods | spec.nodeName                            | | a node of the physical cluster
      pods | spec.volumes[name=kube-api-access-?????] | | token volume that admission adds
      pods | spec.containers[*].volumeMounts[name=kube-api-access-?????] | | its mount
      pods | spec.initContainers[*].volumeMounts[name=kube-api-access-?????] | | its mount
      pods | spec.ephemeralContainers                 | | only their own subresource may write them
      pods | spec.tolerations[key=node.kubernetes.io/not-ready,operator=Exists,effect=NoExecute,tolerationSeconds=300] | | default that admission adds
      pods | spec.tolerations[key=node.kubernetes.io/unreachable,operator=Exists,effect=NoExecute,tolerationSeconds=300] | | default that admission adds
      pods | spec.serviceAccount                      | | the server's own copy of serviceAccountName
      pods | spec.priority                            | | computed from the cluster's priority classes
      pods | spec.preemptionPolicy                    | | computed from the cluster's priority classes
      pods | spec.overhead                            | | computed from the cluster's runtime classes
      pods | metadata.annotations{kubernetes.io/config.*} | | a kubelet's notes on its static pods
      pods | metadata.annotations{kubernetes.io/limit-ranger} | | what admission took from the namespace's LimitRange
      pods | metadata.annotations{cni.projectcalico.org/*} | | addresses in the physical network
      pods | metadata.annotations{k8s.v1.cni.cncf.io/network-status} | | addresses in the physical network
      pods | metadata.labels{controller-uid}          | | UID of a physical Job
      pods | metadata.labels{batch.kubernetes.io/controller-uid} | | UID of a physical Job

      services | spec.clusterIP                       | unless spec.clusterIP is None | from the cluster's own range
      services | spec.clusterIPs                      | unless spec.clusterIP is None | from the cluster's own range
      services | spec.ipFamilies                      | | what the cluster's network offers
      services | spec.ipFamilyPolicy                  | | what the cluster's network offers
      services | spec.ports[*].nodePort               | | from the cluster's own range
      services | spec.healthCheckNodePort             | | from the cluster's own range
      endpoints | subsets[*].addresses[*].nodeName    | | a node of the physical cluster
      endpoints | subsets[*].addresses[*].targetRef.uid | | a physical UID
      endpoints | subsets[*].addresses[*].targetRef.resourceVersion | | a physical version
      endpoints | subsets[*].notReadyAddresses[*].nodeName | | a node of the physical cluster
      endpoints | subsets[*].notReadyAddresses[*].targetRef.uid | | a physical UID
      endpoints | subsets[*].notReadyAddresses[*].targetRef.resourceVersion | | a physical version
      endpoints | metadata.annotations{endpoints.kubernetes.io/last-change-trigger-time} | | a controller's clock
      endpointslices.discovery.k8s.io | endpoints[*].nodeName | | a node of the physical cluster
      endpointslices.discovery.k8s.io | endpoints[*].targetRef.uid | | a physical UID
      endpointslices.discovery.k8s.io | endpoints[*].targetRef.resourceVersion | | a physical version
      endpointslices.discovery.k8s.io | metadata.annotations{endpoints.kubernetes.io/last-change-trigger-time} | | a controller's clock

      persistentvolumeclaims | spec.volumeName        | | the bound volume
      persistentvolumeclaims | metadata.annotations{pv.kubernetes.io/*} | | how far binding has come
      persistentvolumeclaims | metadata.annotations{volume.kubernetes.io/*} | | provisioner, resizer and node that were chosen
      persistentvolumeclaims | metadata.annotations{volume.beta.kubernetes.io/storage-provisioner} | | provisioner that was chosen
      persistentvolumes | spec.claimRef.uid           | | a physical UID
      persistentvolumes | spec.claimRef.resourceVersion | | a physical version
      persistentvolumes | metadata.annotations{pv.kubernetes.io/*} | | who provisioned and bound it
      persistentvolumes | metadata.annotations{volume.kubernetes.io/*} | | the provisioner's notes

      jobs.batch | spec.selector                      | unless spec.manualSelector | the server makes it of the Job's UID
      jobs.batch | spec.template.metadata.labels{controller-uid} | unless spec.manualSelector | UID of the Job
      jobs.batch | spec.template.metadata.labels{batch.kubernetes.io/controller-uid} | unless spec.manualSelector | UID of the Job
      jobs.batch | spec.template.metadata.labels{job-name} | unless spec.manualSelector | added by the server
      jobs.batch | spec.template.metadata.labels{batch.kubernetes.io/job-name} | unless spec.manualSelector | added by the server
      jobs.batch | metadata.labels{controller-uid}    | unless spec.manualSelector | UID of the Job
      jobs.batch | metadata.labels{batch.kubernetes.io/controller-uid} | unless spec.manualSelector | UID of the Job
      jobs.batch | metadata.annotations{batch.kubernetes.io/job-tracking} | | a controller's note
      deployments.apps | metadata.annotations{deployment.kubernetes.io/*} | | the controller counts revisions
      replicasets.apps | metadata.annotations{deployment.kubernetes.io/*} | | the controller counts revisions and replicas
      daemonsets.apps | metadata.annotations{deprecated.daemonset.template.generation} | | counted by the server
      horizontalpodautoscalers.autoscaling | metadata.annotations{autoscaling.alpha.kubernetes.io/*} | | status, in old versions

      namespaces | spec.finalizers                    | | the server's own
      namespaces | metadata.labels{kubernetes.io/metadata.name} | | set by the server
      serviceaccounts | secrets                       | | token Secrets that every cluster makes by itself
      serviceaccounts | imagePullSecrets[name=*-dockercfg-?????] | | Secrets that OpenShift makes by itself
      clusterroles.rbac.authorization.k8s.io | rules  | if aggregationRule | a controller gathers them from other roles
      nodes | spec.podCIDR                            | | from the cluster's own range
      nodes | spec.podCIDRs                           | | from the cluster's own range
      nodes | metadata.annotations{volumes.kubernetes.io/*} | | a controller's note
      nodes | metadata.annotations{node.alpha.kubernetes.io/*} | | a controller's note
      nodes | metadata.annotations{csi.volume.kubernetes.io/nodeid} | | a driver's note
      events | involvedObject.uid                     | | a physical UID
      events | involvedObject.resourceVersion         | | a physical version
      events.events.k8s.io | regarding.uid            | | a physical UID
      events.events.k8s.io | regarding.resourceVersion | | a physical version

      customresourcedefinitions.apiextensions.k8s.io | spec.conversion.webhook.clientConfig.caBundle | | authority of a server in the physical cluster
      validatingwebhookconfigurations.admissionregistration.k8s.io | webhooks[*].clientConfig.caBundle | | authority of a server in the physical cluster
      mutatingwebhookconfigurations.admissionregistration.k8s.io | webhooks[*].clientConfig.caBundle | | authority of a server in the physical cluster
      apiservices.apiregistration.k8s.io | spec.caBundle | | authority of a server in the physical cluster
      certificatesigningrequests.certificates.k8s.io | spec.username | | who asked, as the server saw it
      certificatesigningrequests.certificates.k8s.io | spec.uid | | who asked, as the server saw it
      certificatesigningrequests.certificates.k8s.io | spec.groups | | who asked, as the server saw it
      certificatesigningrequests.certificates.k8s.io | spec.extra | | who asked, as the server saw it
      """;

  private CleaningTable() {}
}
