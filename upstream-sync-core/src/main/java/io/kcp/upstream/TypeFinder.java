package io.kcp.upstream;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.OpenApiSchemas;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.SchemaImport;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.discovery.TypeSet;
import io.kcp.upstream.discovery.TypeSets;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.RequestException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks both sides what they serve, and finds the types to sync. Used by one thread at a time. */
final class TypeFinder {
  private final DiscoveryClient physical;
  private final DiscoveryClient workspace;
  private final OpenApiSchemas schemas;
  private final SchemaImport imports;
  private final ServedWatches watches;
  private final FormerTypes former;
  private final AtomicBoolean outdated = new AtomicBoolean(true);
  private Served below = new Served(Map.of(), Set.of());
  private Served above = below;

  /** Where both sides' types are read, and imported. */
  record Tools(
      DiscoveryClient physical,
      DiscoveryClient workspace,
      OpenApiSchemas schemas,
      SchemaImport imports) {}

  TypeFinder(Tools tools, ServedWatches watches, FormerTypes former) {
    this.physical = tools.physical();
    this.workspace = tools.workspace();
    this.schemas = tools.schemas();
    this.imports = tools.imports();
    this.watches = watches;
    this.former = former;
  }

  /** Any thread: the next {@link #find} has to ask both sides. */
  void outdated() {
    outdated.set(true);
  }

  /** Nothing is mirrored any more: what has copies is to be found out anew. */
  void forget() {
    former.forget();
  }

  /**
   * These have had no copy for long by their mirrors: they are over if a live list says the same.
   */
  void over(Set<GroupResource> resources) throws InterruptedException {
    for (GroupResource resource : resources) {
      if (!former.mayHaveCopies(resource, above)) {
        former.over(resource);
      }
    }
  }

  /**
   * The selected types, and those that may have copies of earlier: what was pulled of them is to be
   * withdrawn. Another spec alone is no reason to ask both sides again, unless it wants what they
   * did not serve when last asked.
   *
   * @param writes whether CRDs of types that the workspace lacks may be made there
   */
  Found find(Selection selection, ObjectTree target, boolean writes) throws InterruptedException {
    if (!outdated.get()) {
      Found found = found(selection, target, false);
      if (found.selected().leftOut().isEmpty()) {
        return found;
      }
    }
    ask();
    return found(selection, target, writes);
  }

  private void ask() throws InterruptedException {
    outdated.set(false); // before it is asked: what changes meanwhile is asked for again
    boolean answered = false;
    try {
      below = physical.refresh();
      askAbove();
      answered = true;
    } finally {
      outdated.compareAndSet(false, !answered);
    }
    watches.start(below, above);
    former.askAgain();
  }

  private void askAbove() throws InterruptedException {
    try {
      above = workspace.refresh();
      schemas.refresh();
    } catch (RequestException e) {
      throw new WorkspaceException(e);
    }
  }

  private Found found(Selection selection, ObjectTree target, boolean writes)
      throws InterruptedException {
    try {
      TypeSet both = TypeSets.compute(selection, below, above, schemas);
      return withFormer(imports.fill(selection, both, below, writes), target);
    } catch (RequestException e) {
      throw new WorkspaceException(e);
    }
  }

  private Found withFormer(TypeSet selected, ObjectTree target) throws InterruptedException {
    Set<GroupResource> now = new HashSet<>(selected.synced().keySet());
    now.addAll(selected.leftOut().keySet());
    Map<GroupResource, SyncedType> mirrored = new LinkedHashMap<>(selected.synced());
    Set<GroupResource> waiting = new LinkedHashSet<>();
    former.synced(selected.synced().keySet());
    for (GroupResource resource : former.of(target, above, now)) {
      Optional<SyncedType> type = withdrawn(resource);
      if (type.isPresent()) {
        mirrored.put(resource, type.get());
      } else if (former.mayHaveCopies(resource, above)) {
        waiting.add(resource);
      }
    }
    return new Found(selected, mirrored, waiting);
  }

  private Optional<SyncedType> withdrawn(GroupResource resource) throws InterruptedException {
    Optional<ResourceType> lower = below.preferred(resource);
    Optional<ResourceType> upper = above.preferred(resource);
    return lower.isPresent() && upper.isPresent()
        ? Optional.of(new SyncedType(lower.get(), upper.get(), schemas.schemaOf(upper.get())))
        : Optional.empty();
  }

  /** Whether nothing has to be tried again soon. */
  boolean isComplete(Found found) {
    return former.isComplete()
        && found.selected().leftOut().values().stream().noneMatch(SchemaImport::isUnfinished);
  }

  /** It is the workspace that does not answer as it should. */
  static final class WorkspaceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient RequestException refusal;

    WorkspaceException(RequestException refusal) {
      super(refusal);
      this.refusal = refusal;
    }

    RequestException refusal() {
      return refusal;
    }
  }

  /**
   * What was found.
   *
   * @param mirrored the selected types and those to be withdrawn
   * @param waiting not selected, and with copies that can't be withdrawn now, since the physical
   *     cluster does not serve the type
   */
  record Found(
      TypeSet selected, Map<GroupResource, SyncedType> mirrored, Set<GroupResource> waiting) {
    Found {
      mirrored = Map.copyOf(mirrored);
      waiting = Set.copyOf(waiting);
    }

    /** There is nothing to sync, and nothing to withdraw. */
    static Found nothing() {
      return new Found(new TypeSet(Map.of(), Map.of()), Map.of(), Set.of());
    }
  }
}
