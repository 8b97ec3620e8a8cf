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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks both sides what they serve, and finds the types to sync. Used by one thread at a time. */
final class TypeFinder {
  private final DiscoveryClient physical;
  private final DiscoveryClient workspace;
  private final OpenApiSchemas schemas;
  private final SchemaImport imports;
  private final ServedWatches watches;

  TypeFinder(
      DiscoveryClient physical,
      DiscoveryClient workspace,
      OpenApiSchemas schemas,
      SchemaImport imports,
      ServedWatches watches) {
    this.physical = physical;
    this.workspace = workspace;
    this.schemas = schemas;
    this.imports = imports;
    this.watches = watches;
  }

  /**
   * The selected types, and those that {@code target}'s status says were synced before: what was
   * pulled of them is to be withdrawn.
   *
   * @param writes whether CRDs of types that the workspace lacks may be made there
   */
  Found find(Selection selection, ObjectTree target, boolean writes) throws InterruptedException {
    Served below = physical.refresh();
    try {
      return find(selection, target, below, writes);
    } catch (RequestException e) {
      throw new WorkspaceException(e);
    }
  }

  /** From here on only the workspace is asked. */
  private Found find(Selection selection, ObjectTree target, Served below, boolean writes)
      throws InterruptedException {
    Served above = workspace.refresh();
    schemas.refresh();
    watches.start(below, above);
    TypeSet both = TypeSets.compute(selection, below, above, schemas);
    TypeSet selected = imports.fill(selection, both, below, writes);
    Map<GroupResource, SyncedType> all = new LinkedHashMap<>(selected.synced());
    for (ObjectTree before : target.items("status.upstreamSync.resources")) {
      GroupResource resource =
          new GroupResource(
              before.string("group").orElse(""), before.string("resource").orElseThrow());
      if (!selected.leftOut().containsKey(resource) && !all.containsKey(resource)) {
        withdrawn(resource, below, above).ifPresent(type -> all.put(resource, type));
      }
    }
    return new Found(selected, all);
  }

  private Optional<SyncedType> withdrawn(GroupResource resource, Served below, Served above)
      throws InterruptedException {
    Optional<ResourceType> lower = below.preferred(resource);
    Optional<ResourceType> upper = above.preferred(resource);
    return lower.isPresent() && upper.isPresent()
        ? Optional.of(new SyncedType(lower.get(), upper.get(), schemas.schemaOf(upper.get())))
        : Optional.empty();
  }

  /** It is the workspace that does not answer as it should. */
  static final class WorkspaceException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient RequestException refusal;

    private WorkspaceException(RequestException refusal) {
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
   */
  record Found(TypeSet selected, Map<GroupResource, SyncedType> mirrored) {
    Found {
      mirrored = Map.copyOf(mirrored);
    }

    /** Whether nothing has to be tried again soon. */
    boolean isComplete() {
      return selected.leftOut().values().stream().noneMatch(SchemaImport::isUnfinished);
    }
  }
}
