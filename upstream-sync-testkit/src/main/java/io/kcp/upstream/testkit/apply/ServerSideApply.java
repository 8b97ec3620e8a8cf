package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldSet;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Server-side apply: merges a manager's configuration into an object.
 *
 * <p>Not modelled: managed fields of one object in several API versions (all entries are read in
 * the version of the write), and fields whose schema turned from atomic to granular or back since
 * they were written.
 */
public final class ServerSideApply {
  private ServerSideApply() {}

  /**
   * Returns the object after the apply, managed fields included; defaults and normal forms are the
   * caller's next step, then {@link ManagedFields#liveIfUnchanged}.
   *
   * @param live the stored object, null when there is none; it is never changed
   * @param config what the manager wants, with apiVersion, kind and metadata.name
   * @throws ApplyConflictException when another manager owns a field to be changed, unless {@code
   *     force}
   * @throws InvalidConfigException when {@code config} does not fit the schema
   */
  public static Map<String, Object> apply(
      @Nullable Map<String, Object> live,
      Map<String, Object> config,
      Manager manager,
      boolean force,
      Schema schema,
      Instant now) {
    KindSchema kind = KindSchema.of(schema);
    Map<String, Object> before =
        live == null ? kind.emptyObject(config) : ManagedFields.without(live);
    Owners owners = ownersOf(live);
    if (live != null && owners.isEmpty()) {
      Manager first =
          new Manager("before-first-apply", manager.apiVersion(), manager.subresource());
      ManagedFields.recordUpdate(owners, kind.emptyObject(config), before, first, kind, now);
    }
    check(config, manager, before, kind);
    Owners.Id self = Owners.Id.applier(manager);
    FieldSet last = owners.fieldsOf(self);
    FieldSet wanted =
        FieldSets.without(
            ValuePaths.of(kind.root(), config), path -> kind.isReset(path, manager.subresource()));
    owners.put(self, wanted, manager.apiVersion());
    Map<String, Object> merged = Merge.of(kind.root(), before, config);
    Map<String, Object> after =
        last.minus(wanted).isEmpty()
            ? merged
            : dropUnapplied(merged, last, owners.allFields(), kind.root());
    Comparison change = compare(before, after, manager, kind);
    settle(owners, self, change, force ? change.changed() : LastApplied.free(live, manager, kind));
    owners.put(self, KindSchema.tracked(owners.fieldsOf(self)), manager.apiVersion());
    if (live == null || !Json.equal(before, after)) {
      owners.touch(self, now);
    }
    return ManagedFields.with(LastApplied.renewed(after, config, manager), owners);
  }

  private static Owners ownersOf(@Nullable Map<String, Object> live) {
    if (live == null) {
      return new Owners();
    }
    try {
      return Owners.read(ManagedFields.metadata(live).get("managedFields"));
    } catch (IllegalArgumentException broken) {
      throw new InvalidConfigException(
          500, "failed to decode managed fields: " + broken.getMessage());
    }
  }

  private static void check(
      Map<String, Object> config, Manager manager, Map<String, Object> live, KindSchema kind) {
    if (!Json.string(config, "apiVersion").equals(manager.apiVersion())) {
      throw new InvalidConfigException(400, "invalid object type: " + printKind(config));
    }
    if (ManagedFields.metadata(config).get("managedFields") != null) {
      throw new InvalidConfigException(400, "metadata.managedFields must be nil");
    }
    check(config, "patch", TypeCheck.problem(kind.root(), config, false));
    check(live, "live", TypeCheck.problem(kind.root(), live, true));
  }

  private static void check(Map<String, Object> object, String which, String problem) {
    if (!problem.isEmpty()) {
      throw new InvalidConfigException(
          500,
          "failed to create typed %s object (%s/%s; %s): %s"
              .formatted(
                  which,
                  Json.string(object, "metadata", "namespace"),
                  Json.string(object, "metadata", "name"),
                  printKind(object),
                  problem));
    }
  }

  private static String printKind(Map<String, Object> object) {
    String apiVersion = Json.string(object, "apiVersion");
    return (apiVersion.contains("/") ? apiVersion : "/" + apiVersion)
        + ", Kind="
        + Json.string(object, "kind");
  }

  private static Comparison compare(
      Map<String, Object> before, Map<String, Object> after, Manager manager, KindSchema kind) {
    return Comparison.of(kind.root(), before, after)
        .without(path -> kind.isReset(path, manager.subresource()));
  }

  /**
   * Takes out what the manager applied before, does not apply any more, and nobody owns now. A
   * struct stays as long as somebody owns something in it.
   */
  private static Map<String, Object> dropUnapplied(
      Map<String, Object> merged, FieldSet last, FieldSet owned, Type root) {
    FieldSet before = FieldSets.withStructs(last, root);
    FieldSet there = FieldSets.withStructs(ValuePaths.of(root, merged), root);
    FieldSet kept =
        FieldSets.withStructs(ValuePaths.of(root, Removal.of(root, merged, before)), root)
            .union(FieldSets.withStructs(owned, root));
    Map<String, Object> pruned = Removal.of(root, merged, there.minus(kept));
    FieldSet gone = there.minus(FieldSets.withStructs(ValuePaths.of(root, pruned), root));
    return Removal.of(root, merged, FieldSets.both(gone, before));
  }

  /**
   * Finds conflicts, or takes what changed from its other owners.
   *
   * @param free what may be taken from them
   */
  private static void settle(Owners owners, Owners.Id self, Comparison change, FieldSet free) {
    Map<Owners.Id, FieldSet> conflicts = owners.ownersOf(change.changed().minus(free), self);
    if (!conflicts.isEmpty()) {
      throw Conflicts.of(conflicts);
    }
    owners.take(change.changed().union(change.removed()), self);
  }
}
