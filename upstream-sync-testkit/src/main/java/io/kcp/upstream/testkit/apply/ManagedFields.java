package io.kcp.upstream.testkit.apply;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps {@code metadata.managedFields} true to what writes did. */
public final class ManagedFields {
  private static final String FIELD = "managedFields";

  private ManagedFields() {}

  /**
   * Returns {@code updated} with the managed fields that a create, PUT or PATCH (not apply) leaves:
   * changed and added paths go to the manager's Update entry and leave all others, removed paths
   * leave every entry. To be called with the defaulted and normalised object, before the server
   * fills in what no writer owns (cluster IPs, generation, resourceVersion, ...).
   *
   * @param live the stored object, null on create; it is never changed
   * @param updated the object as written; its own managedFields count as the server lets them
   *     count: ignored on create and where they are absent or broken, wiped by a single empty entry
   */
  public static Map<String, Object> afterUpdate(
      @Nullable Map<String, Object> live,
      Map<String, Object> updated,
      Manager manager,
      Schema schema,
      Instant now) {
    KindSchema kind = KindSchema.of(schema);
    Map<String, Object> bare = without(updated);
    Owners owners = live == null ? new Owners() : ownersAt(live, updated, manager);
    if (live != null && owners.isEmpty()) {
      return bare;
    }
    Map<String, Object> before = live == null ? kind.emptyObject(updated) : without(live);
    if (!fits(kind, before) || !fits(kind, bare)) {
      return bare;
    }
    recordUpdate(owners, before, bare, manager, kind, now);
    return with(bare, owners);
  }

  /** What the write itself says about owners counts on the main endpoint, if it can be read. */
  private static Owners ownersAt(
      Map<String, Object> live, Map<String, Object> updated, Manager manager) {
    List<Object> written = Json.list(metadata(updated).get(FIELD));
    if (manager.subresource().isEmpty()) {
      if (written.size() == 1 && Json.isEmpty(written.get(0))) {
        return new Owners();
      }
      Owners owners = readable(written);
      if (!owners.isEmpty()) {
        return owners;
      }
    }
    return readable(metadata(live).get(FIELD));
  }

  private static Owners readable(@Nullable Object managedFields) {
    try {
      return Owners.read(managedFields);
    } catch (IllegalArgumentException broken) {
      return new Owners(); // the server does not refuse it either
    }
  }

  private static boolean fits(KindSchema kind, Map<String, Object> object) {
    return TypeCheck.problem(kind.root(), object, true).isEmpty();
  }

  /** Gives what changed to the manager, and takes it from all others. */
  static void recordUpdate(
      Owners owners,
      Map<String, Object> before,
      Map<String, Object> after,
      Manager manager,
      KindSchema kind,
      Instant now) {
    Comparison comparison =
        Comparison.of(kind.root(), before, after)
            .without(path -> kind.isReset(path, manager.subresource()));
    owners.take(comparison.changed().union(comparison.removed()), null);
    Owners.Id self = Owners.Id.updater(manager);
    if (!KindSchema.tracked(comparison.changed()).isEmpty()) {
      owners.put(
          self,
          owners.fieldsOf(self).union(KindSchema.tracked(comparison.changed())),
          manager.apiVersion());
      owners.touch(self, now);
    }
    owners.capUpdaters();
  }

  /**
   * Returns {@code live} itself when {@code updated} differs from it in nothing but the times of
   * managed fields (such a write changes nothing: no new resourceVersion, no event), else {@code
   * updated}. To be called last, right before the object is stored.
   */
  public static Map<String, Object> liveIfUnchanged(
      Map<String, Object> live, Map<String, Object> updated) {
    return Json.equal(without(live), without(updated))
            && Json.equal(timeless(live), timeless(updated))
        ? live
        : updated;
  }

  private static List<Object> timeless(Map<String, Object> object) {
    return Json.list(metadata(object).get(FIELD)).stream()
        .map(entry -> (Object) without(Json.map(entry), "time"))
        .sorted(java.util.Comparator.comparing(entry -> sortKey(Json.map(entry))))
        .collect(Collectors.toList());
  }

  private static String sortKey(Map<String, Object> entry) {
    return String.join(
        "\n",
        Json.string(entry, "operation"),
        Json.string(entry, "manager"),
        Json.string(entry, "apiVersion"),
        Json.string(entry, "subresource"));
  }

  static Map<String, Object> metadata(Map<String, Object> object) {
    return Json.map(object.get("metadata"));
  }

  /** The object without its managed fields. */
  static Map<String, Object> without(Map<String, Object> object) {
    if (!metadata(object).containsKey(FIELD)) {
      return object;
    }
    Map<String, Object> bare = new LinkedHashMap<>(object);
    bare.put("metadata", without(metadata(object), FIELD));
    return bare;
  }

  private static Map<String, Object> without(Map<String, Object> map, String key) {
    Map<String, Object> rest = new LinkedHashMap<>(map);
    rest.remove(key);
    return rest;
  }

  /** The object with managed fields; without any when there is no owner. */
  static Map<String, Object> with(Map<String, Object> object, Owners owners) {
    Map<String, Object> managed = new LinkedHashMap<>(without(object));
    if (!owners.isEmpty()) {
      Map<String, Object> metadata = new LinkedHashMap<>(metadata(managed));
      metadata.put(FIELD, owners.toManagedFields());
      managed.put("metadata", metadata);
    }
    return managed;
  }
}
