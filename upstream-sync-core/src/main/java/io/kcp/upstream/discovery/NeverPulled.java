package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a selection leaves out by itself. */
final class NeverPulled {
  private static final GroupResource SYNC_TARGETS =
      GroupResource.parse("synctargets.workload.kcp.io");
  private static final GroupResource SECRETS = GroupResource.parse("secrets");
  private static final GroupResource CONFIG_MAPS = GroupResource.parse("configmaps");

  /**
   * Made and kept up by the cluster that they are in, many a second; of no use elsewhere, and where
   * another cluster keeps its own (the addresses of its Services), in the way.
   */
  private static final Set<GroupResource> OF_ITS_CLUSTER =
      types(
          "events",
          "events.events.k8s.io",
          "leases.coordination.k8s.io",
          "endpoints",
          "endpointslices.discovery.k8s.io",
          "ipaddresses.networking.k8s.io",
          "servicecidrs.networking.k8s.io",
          "nodes",
          "csinodes.storage.k8s.io",
          "csistoragecapacities.storage.k8s.io",
          "volumeattachments.storage.k8s.io",
          "resourceslices.resource.k8s.io");

  /** Say who may do what, or hold secrets: a "*" must not carry them over by accident. */
  private static final Set<GroupResource> SENSITIVE =
      types(
          "secrets",
          "apiservices.apiregistration.k8s.io",
          "customresourcedefinitions.apiextensions.k8s.io",
          "certificatesigningrequests.certificates.k8s.io");

  private static final Set<String> SENSITIVE_GROUPS =
      Set.of(
          "rbac.authorization.k8s.io",
          "admissionregistration.k8s.io",
          "flowcontrol.apiserver.k8s.io",
          "kcp.io");

  /** Credentials of one cluster: worthless, or harmful, in another. */
  private static final Set<String> TOKEN_TYPES =
      Set.of("kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token");

  /** The ownership label's prefix; the room that writes it is above this one. */
  private static final String MARK = "state.workload.kcp.io/";

  private static final String ROOT_CA = "kube-root-ca.crt";

  private NeverPulled() {}

  private static Set<GroupResource> types(String... names) {
    return Stream.of(names).map(GroupResource::parse).collect(Collectors.toUnmodifiableSet());
  }

  /** Not even by an entry that names it. */
  static boolean always(GroupResource type) {
    return type.equals(SYNC_TARGETS);
  }

  /** Only by an entry that names it, never by "*". */
  static boolean byDefault(GroupResource type) {
    return OF_ITS_CLUSTER.contains(type)
        || SENSITIVE.contains(type)
        || SENSITIVE_GROUPS.contains(type.group())
        || type.group().endsWith(".kcp.io");
  }

  /** Single objects that no setting selects. */
  static Optional<NotSelected> object(GroupResource type, ObjectTree object) {
    if (object.labels().keySet().stream().anyMatch(label -> label.startsWith(MARK))) {
      return no(
          "OwnMark",
          "it has a label " + MARK + "*: it is a copy itself, and copies are never pulled");
    }
    if (type.equals(SECRETS) && object.string("type").filter(TOKEN_TYPES::contains).isPresent()) {
      return no("TokenSecret", "tokens are good for their own cluster only, and never pulled");
    }
    if (type.equals(CONFIG_MAPS) && object.name().equals(ROOT_CA)) {
      return no("RootCaConfigMap", "every cluster makes its own " + ROOT_CA + "; never pulled");
    }
    return Optional.empty();
  }

  private static Optional<NotSelected> no(String reason, String message) {
    return Optional.of(new NotSelected(reason, message));
  }
}
