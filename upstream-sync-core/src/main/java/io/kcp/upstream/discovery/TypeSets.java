package io.kcp.upstream.discovery;

import io.kcp.upstream.discovery.TypeSet.LeftOut;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.RequestException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the types to sync from what is selected and what both sides serve. */
public final class TypeSets {
  private static final Set<String> READ = Set.of("list", "watch");
  private static final Set<String> WRITE =
      Set.of("get", "list", "watch", "create", "patch", "delete");

  private final Selection selection;
  private final Served physical;
  private final Served upstream;
  private final SchemaSource schemas;
  private final Map<GroupResource, SyncedType> synced = new LinkedHashMap<>();
  private final Map<GroupResource, LeftOut> leftOut = new LinkedHashMap<>();

  private TypeSets(Selection selection, Served physical, Served upstream, SchemaSource schemas) {
    this.selection = selection;
    this.physical = physical;
    this.upstream = upstream;
    this.schemas = schemas;
  }

  /**
   * The types that {@code selection} selects: those that both sides serve in a common version, the
   * physical side's preferred one if possible, and the others with the reason.
   */
  public static TypeSet compute(
      Selection selection, Served physical, Served upstream, SchemaSource schemas)
      throws InterruptedException {
    return new TypeSets(selection, physical, upstream, schemas).compute();
  }

  private TypeSet compute() throws InterruptedException {
    if (selection.active()) {
      Set<GroupResource> all = new LinkedHashSet<>(selection.named());
      all.addAll(physical.resources());
      for (GroupResource type : all) {
        sort(type);
      }
    }
    return new TypeSet(synced, leftOut);
  }

  private void sort(GroupResource type) throws InterruptedException {
    boolean named = selection.named().contains(type);
    Optional<NotSelected> why = selection.leftOut(type);
    if (why.isPresent()) {
      if (named) { // asked for by name, and yet not to be had
        leftOut.put(type, new LeftOut("Incompatible", why.get().reason(), why.get().message()));
      }
      return;
    }
    List<ResourceType> readable =
        physical.versions(type).stream().filter(has -> has.verbs().containsAll(READ)).toList();
    if (!readable.isEmpty()) {
      match(type, readable);
    } else if (named) { // what "*" can't list and watch was never meant
      leftOut.put(type, notServed(type));
    }
  }

  private LeftOut notServed(GroupResource type) {
    if (!physical.versions(type).isEmpty()) {
      return new LeftOut(
          "NotServed", "NotWatchable", "the physical cluster can't list and watch " + type);
    }
    if (physical.isStale(type.group())) {
      return stale("PhysicalDiscoveryFailed", "the physical cluster", type);
    }
    return new LeftOut(
        "NotServed", "PhysicalNotServed", "the physical cluster does not serve " + type);
  }

  private static LeftOut stale(String reason, String where, GroupResource type) {
    return new LeftOut(
        "Stale",
        reason,
        "%s does not say whether it serves %s: discovery of its group fails"
            .formatted(where, type));
  }

  private void match(GroupResource type, List<ResourceType> readable) throws InterruptedException {
    if (upstream.versions(type).isEmpty()) {
      leftOut.put(type, missing(type));
      return;
    }
    for (ResourceType below : readable) {
      for (ResourceType above : upstream.versions(type)) {
        if (above.version().equals(below.version())) {
          pair(below, above);
          return;
        }
      }
    }
    leftOut.put(
        type,
        new LeftOut(
            "Incompatible",
            "NoCommonVersion",
            "the physical cluster serves %s as %s, the workspace as %s"
                .formatted(type, versions(readable), versions(upstream.versions(type)))));
  }

  private LeftOut missing(GroupResource type) {
    return upstream.isStale(type.group())
        ? stale("WorkspaceDiscoveryFailed", "the workspace", type)
        : new LeftOut("Incompatible", "WorkspaceNotServed", "the workspace does not serve " + type);
  }

  private static String versions(List<ResourceType> types) {
    return String.join(", ", types.stream().map(ResourceType::version).toList());
  }

  private void pair(ResourceType below, ResourceType above) throws InterruptedException {
    GroupResource type = below.resource();
    Optional<LeftOut> misfit = misfit(below, above);
    if (misfit.isPresent()) {
      leftOut.put(type, misfit.get());
      return;
    }
    try {
      synced.put(type, new SyncedType(below, above, schemas.schemaOf(above)));
    } catch (RequestException e) {
      leftOut.put(
          type,
          new LeftOut(
              "Stale",
              "SchemaNotReadable",
              "the workspace does not give the schema of " + type + ": " + e.getMessage()));
    }
  }

  private static Optional<LeftOut> misfit(ResourceType below, ResourceType above) {
    if (below.namespaced() != above.namespaced()) {
      return misfit("ScopeDiffers", below, scope(below), scope(above));
    }
    if (!below.kind().equals(above.kind())) {
      return misfit("KindDiffers", below, "of kind " + below.kind(), "of kind " + above.kind());
    }
    if (!above.verbs().containsAll(WRITE)) {
      return Optional.of(
          new LeftOut(
              "Incompatible",
              "WorkspaceNotWritable",
              "the workspace does not offer all of %s on %s"
                  .formatted(
                      String.join(", ", WRITE.stream().sorted().toList()), below.resource())));
    }
    return Optional.empty();
  }

  private static String scope(ResourceType type) {
    return type.namespaced() ? "namespaced" : "cluster-scoped";
  }

  private static Optional<LeftOut> misfit(
      String reason, ResourceType type, String below, String above) {
    return Optional.of(
        new LeftOut(
            "Incompatible",
            reason,
            "%s is %s in the physical cluster and %s in the workspace"
                .formatted(type.resource(), below, above)));
  }
}
