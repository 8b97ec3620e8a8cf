package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.Answer;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one cluster what it serves. Safe for any number of threads. */
public final class DiscoveryClient {
  private static final Logger LOG = LoggerFactory.getLogger(DiscoveryClient.class);
  private static final Set<String> WATCHABLE = Set.of("list", "watch");
  private static final String KUBE_SYSTEM = "/api/v1/namespaces/kube-system";

  private final ClusterEndpoint cluster;
  private final List<DiscoveryRoot> roots; // used under this object's lock, as is lastKnown
  private Map<GroupVersion, List<ResourceType>> lastKnown = Map.of();

  public DiscoveryClient(ClusterEndpoint cluster) {
    this.cluster = cluster;
    this.roots = List.of(DiscoveryRoot.core(cluster), DiscoveryRoot.groups(cluster));
  }

  /**
   * What the cluster serves now. A group that does not answer keeps its last known resources and is
   * marked stale. Throws {@link RequestException} when nothing at all is known and the server gives
   * no answer.
   */
  public synchronized Served refresh() throws InterruptedException {
    List<VersionDocument> documents = new ArrayList<>();
    List<DiscoveryRoot> silent = new ArrayList<>();
    RequestException failure = null;
    for (DiscoveryRoot root : roots) {
      try {
        documents.addAll(root.read());
      } catch (RequestException e) {
        LOG.atLevel(e.level()).log("{}: discovery fails: {}", cluster.name(), e.getMessage());
        failure = e;
        silent.add(root);
        lastKnown.keySet().stream()
            .filter(version -> root.has(version.group()))
            .forEach(version -> documents.add(VersionDocument.unanswered(version)));
      }
    }
    if (failure != null && documents.isEmpty()) {
      throw failure;
    }
    return served(documents, silent);
  }

  private Served served(List<VersionDocument> documents, List<DiscoveryRoot> silent) {
    Map<GroupVersion, List<ResourceType>> known = new LinkedHashMap<>();
    Map<GroupResource, List<ResourceType>> versions = new LinkedHashMap<>();
    Set<String> stale = new LinkedHashSet<>();
    for (VersionDocument document : documents) {
      List<ResourceType> types = types(document);
      known.put(document.groupVersion(), types);
      types.forEach(
          type -> versions.computeIfAbsent(type.resource(), any -> new ArrayList<>()).add(type));
      if (!document.fresh()) {
        stale.add(document.groupVersion().group());
      }
    }
    lastKnown = known;
    return new Served(
        versions,
        group -> stale.contains(group) || silent.stream().anyMatch(root -> root.has(group)));
  }

  private List<ResourceType> types(VersionDocument document) {
    return document.fresh() || !document.resources().isEmpty()
        ? document.resources()
        : lastKnown.getOrDefault(document.groupVersion(), List.of());
  }

  /**
   * A live look, past every cache: whether the resource is listed right now in its group and
   * version with the verbs list and watch. Throws {@link RequestException} when that can't be told.
   */
  public boolean servesNow(ResourceType type) throws InterruptedException {
    Answer answer;
    try {
      answer = cluster.send(ApiRequest.get(type.groupVersionPath()));
    } catch (RequestException e) {
      if (e.code() == 404) {
        return false;
      }
      throw e;
    }
    GroupVersion version = new GroupVersion(type.resource().group(), type.version());
    return DiscoveryRoot.parsed(answer, list -> DiscoveryDocuments.resources(version, list))
        .stream()
        .anyMatch(
            now -> now.resource().equals(type.resource()) && now.verbs().containsAll(WATCHABLE));
  }

  /** The UID of the namespace kube-system, read live: it tells one cluster from another. */
  public String clusterUid() throws InterruptedException {
    return DiscoveryRoot.parsed(
            cluster.send(ApiRequest.get(KUBE_SYSTEM)),
            namespace -> namespace.string("metadata.uid"))
        .orElseThrow(
            () -> RequestException.unreadable(new IllegalStateException("kube-system has no UID")));
  }
}
