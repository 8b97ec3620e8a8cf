package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.RequestException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything in the workspace that carries our mark, asked of the workspace itself: what a mirror
 * shows, or a spec selects, may be less.
 */
final class MarkedCopies {
  private static final Set<String> NEEDED = Set.of("list", "delete");
  private static final GroupResource CRDS =
      GroupResource.parse("customresourcedefinitions.apiextensions.k8s.io");

  /** Which object it is; it is read again before anything is done to it. */
  record Copy(String namespace, String name) {}

  /**
   * What the workspace serves.
   *
   * @param whole false while a group does not say what it serves
   */
  record Types(List<ResourceType> types, boolean whole) {}

  private final Clusters clusters;
  private final Mark mark;

  MarkedCopies(Clusters clusters, Mark mark) {
    this.clusters = clusters;
    this.mark = mark;
  }

  /** What may have copies, in the order in which they can go: what holds others comes last. */
  Types types() throws InterruptedException {
    Served served = clusters.workspaceDiscovery().refresh();
    List<ResourceType> types = new ArrayList<>();
    boolean whole = true;
    for (GroupResource resource : served.resources()) {
      whole &= !served.isStale(resource.group());
      served.preferred(resource).filter(t -> t.verbs().containsAll(NEEDED)).ifPresent(types::add);
    }
    types.sort(Comparator.comparing(MarkedCopies::turn));
    return new Types(types, whole);
  }

  private static int turn(ResourceType type) {
    if (type.resource().equals(CRDS)) {
      return 3;
    }
    if (type.resource().equals(Namespaces.TYPE.resource())) {
      return 2;
    }
    return type.namespaced() ? 0 : 1;
  }

  /** All copies of one resource; empty when we may not even list it, or it is served no more. */
  Optional<List<Copy>> of(ResourceType type) throws InterruptedException {
    List<Copy> copies = new ArrayList<>();
    String next = "";
    do {
      ApiRequest list =
          ApiRequest.get(type.path(""))
              .with("labelSelector", mark.label() + "=" + SyncKeys.STATE_UPSYNC)
              .with("limit", Integer.toString(clusters.workspace().limits().pageSize()));
      ObjectTree page;
      try {
        page =
            clusters.workspace().send(next.isEmpty() ? list : list.with("continue", next)).object();
      } catch (RequestException e) {
        if (e.code() == 403 || e.code() == 404 || e.code() == 405) {
          return Optional.empty();
        }
        throw e;
      }
      page.items("items").forEach(item -> copies.add(new Copy(item.namespace(), item.name())));
      next = page.string("metadata.continue").orElse("");
    } while (!next.isEmpty());
    return Optional.of(copies);
  }
}
