package io.kcp.upstream;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types that may have copies though they are not selected: those that the SyncTarget's status
 * names, and those that the workspace itself shows. The workspace is asked where the status may not
 * know them all: it knows them once it was written for the spec that is there now, since a type
 * that leaves the selection while a syncer runs keeps its mirrors, and with them its place in the
 * status. Used by one thread at a time.
 */
final class FormerTypes {
  private static final Logger LOG = LoggerFactory.getLogger(FormerTypes.class);
  private static final Set<String> NEEDED = Set.of("list", "delete");
  private static final GroupResource NAMESPACES = GroupResource.parse("namespaces");
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private enum Reply {
    COPIES,
    NONE,
    FORBIDDEN,
    NOTHING
  }

  private final ClusterEndpoint workspace;
  private final String mark;
  private final Set<GroupResource> found = new LinkedHashSet<>();
  private final Map<GroupResource, ResourceType> unanswered = new LinkedHashMap<>();
  private final Map<GroupResource, ResourceType> forbidden = new LinkedHashMap<>();
  private final Set<GroupResource> over = new HashSet<>();
  private final Set<GroupResource> synced = new HashSet<>();
  private boolean known;
  private boolean trusting = true;

  /**
   * @param mark label selector of all copies
   */
  FormerTypes(ClusterEndpoint workspace, String mark) {
    this.workspace = workspace;
    this.mark = mark;
  }

  /** No mirror tells any more what has copies: the workspace is to be asked. */
  void forget() {
    known = false;
    trusting = false;
    found.clear();
    synced.clear();
    over.clear();
  }

  /** It has no copies left, whatever the status says, until it is selected again. */
  void over(GroupResource resource) {
    found.remove(resource);
    over.add(resource);
  }

  /** What was refused may be allowed by now. */
  void askAgain() {
    unanswered.putAll(forbidden);
    forbidden.clear();
  }

  /** Whether the workspace said of each type what it has, or that it does not tell us. */
  boolean isComplete() {
    return unanswered.isEmpty();
  }

  /**
   * These are synced from now on. What no longer is may have copies, though no status named it: a
   * pass over it may be under way.
   */
  void synced(Set<GroupResource> now) {
    found.addAll(synced);
    found.removeAll(now);
    synced.clear();
    synced.addAll(now);
  }

  /**
   * The types that may have copies, without those that are {@code selected}.
   *
   * @param above what the workspace serves
   */
  Set<GroupResource> of(ObjectTree target, Served above, Set<GroupResource> selected)
      throws InterruptedException {
    over.removeAll(selected);
    Set<GroupResource> all = new LinkedHashSet<>(named(target));
    if (!known) {
      unanswered.clear();
      forbidden.clear();
      if (!trusting || !isWrittenForThisSpec(target)) {
        Set<GroupResource> told = new HashSet<>(all);
        told.addAll(selected);
        ask(above, told);
      }
      known = true;
    }
    for (ResourceType type : List.copyOf(unanswered.values())) {
      sort(type, ask(type));
    }
    all.addAll(found);
    all.removeAll(selected);
    all.removeAll(over);
    return all;
  }

  static Set<GroupResource> named(ObjectTree target) {
    Set<GroupResource> named = new LinkedHashSet<>();
    for (ObjectTree before : target.items("status.upstreamSync.resources")) {
      named.add(
          new GroupResource(
              before.string("group").orElse(""), before.string("resource").orElseThrow()));
    }
    return named;
  }

  private static boolean isWrittenForThisSpec(ObjectTree target) {
    long observed = target.integer("status.upstreamSync.observedGeneration").orElse(0);
    return observed > 0 && observed == target.integer("metadata.generation").orElse(0);
  }

  private void ask(Served above, Set<GroupResource> told) {
    List<GroupResource> others = new ArrayList<>(above.resources());
    others.removeAll(told);
    for (GroupResource resource : others) {
      above
          .preferred(resource)
          .filter(type -> type.verbs().containsAll(NEEDED))
          .ifPresent(type -> unanswered.put(resource, type));
    }
  }

  private void sort(ResourceType type, Reply reply) {
    if (reply != Reply.NOTHING) {
      unanswered.remove(type.resource());
    }
    if (reply == Reply.FORBIDDEN) {
      forbidden.put(type.resource(), type);
    } else if (reply == Reply.COPIES) {
      LOG.info("{} is not selected, and has copies of earlier", type.resource());
      found.add(type.resource());
    }
  }

  /** True also where the workspace does not say. */
  boolean mayHaveCopies(GroupResource resource, Served above) throws InterruptedException {
    ResourceType type = above.preferred(resource).orElse(null);
    if (type == null) {
      return above.isStale(resource.group());
    }
    return ask(type) != Reply.NONE;
  }

  private Reply ask(ResourceType type) throws InterruptedException {
    boolean namespaces = type.resource().equals(NAMESPACES);
    ApiRequest list =
        ApiRequest.get(type.path(""))
            .with("labelSelector", mark)
            .with("limit", Integer.toString(namespaces ? workspace.limits().pageSize() : 1))
            .accepting(METADATA_ONLY);
    String next = "";
    try {
      do {
        ObjectTree page =
            workspace.send(next.isEmpty() ? list : list.with("continue", next)).object();
        if (page.items("items").stream().anyMatch(item -> !namespaces || isCopy(item))) {
          return Reply.COPIES;
        }
        next = page.string("metadata.continue").orElse("");
      } while (!next.isEmpty());
      return Reply.NONE;
    } catch (RequestException e) {
      LOG.debug("copies of {}", type.resource(), e);
      return switch (e.code()) {
        case 403 -> Reply.FORBIDDEN;
        case 404, 405 -> Reply.NONE;
        default -> Reply.NOTHING;
      };
    }
  }

  /** A namespace may also be ours because a copy needed one: it goes with the last of them. */
  private static boolean isCopy(ObjectTree namespace) {
    return namespace.annotations().containsKey(SyncKeys.PHYSICAL_UID);
  }
}
