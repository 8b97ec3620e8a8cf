package io.kcp.upstream.testkit.apply;

import io.kcp.upstream.spi.FieldSet;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who owns which fields of one object: its managed fields, to be changed and printed again. */
final class Owners {
  private static final int MAX_UPDATERS = 10;
  private static final String FIELDS_TYPE = "FieldsV1";

  private final TreeMap<Id, Owned> owners = new TreeMap<>();

  /**
   * Tells owners apart.
   *
   * @param apiVersion "" when they apply: then the version makes no difference
   */
  record Id(String manager, String operation, String apiVersion, String subresource)
      implements Comparable<Id> {
    private static final Comparator<Id> ORDER =
        Comparator.comparing(Id::manager)
            .thenComparing(Id::operation)
            .thenComparing(Id::apiVersion)
            .thenComparing(Id::subresource, Comparator.reverseOrder()); // as JSON text sorts

    static Id applier(Manager manager) {
      return new Id(manager.name(), "Apply", "", manager.subresource());
    }

    static Id updater(Manager manager) {
      return new Id(manager.name(), "Update", manager.apiVersion(), manager.subresource());
    }

    boolean isApplier() {
      return operation.equals("Apply");
    }

    /** As conflicts name an owner. */
    String text() {
      String name = '"' + manager + '"';
      String part = subresource.isEmpty() ? "" : " with subresource \"" + subresource + '"';
      return name + part + (isApplier() ? "" : " using " + apiVersion);
    }

    @Override
    public int compareTo(Id other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * What one owner has.
   *
   * @param time as printed; null when none was ever written
   */
  record Owned(FieldSet fields, String apiVersion, @Nullable String time) {
    Owned with(FieldSet changed) {
      return new Owned(changed, apiVersion, time);
    }

    private long seconds() {
      return time == null ? 0 : Instant.parse(time).getEpochSecond();
    }
  }

  /**
   * Reads managed fields.
   *
   * @throws IllegalArgumentException when they are broken
   */
  static Owners read(@Nullable Object managedFields) {
    Owners read = new Owners();
    for (Object item : Json.list(managedFields)) {
      Map<String, Object> entry = Json.map(item);
      String operation = Json.string(entry, "operation");
      if (!operation.equals("Apply") && !operation.equals("Update")) {
        throw new IllegalArgumentException("operation must be `Apply` or `Update`");
      }
      String apiVersion = Json.string(entry, "apiVersion");
      if (apiVersion.isEmpty()) {
        throw new IllegalArgumentException("apiVersion must not be empty");
      }
      if (!Json.string(entry, "fieldsType").equals(FIELDS_TYPE)) {
        throw new IllegalArgumentException("fieldsType must be FieldsV1");
      }
      Id id =
          new Id(
              Json.string(entry, "manager"),
              operation,
              operation.equals("Apply") ? "" : apiVersion,
              Json.string(entry, "subresource"));
      FieldSet fields = FieldSet.ofFieldsV1(Json.map(entry.get("fieldsV1")));
      read.owners.put(id, new Owned(fields, apiVersion, timeOf(entry)));
    }
    return read;
  }

  private static @Nullable String timeOf(Map<String, Object> entry) {
    String time = Json.string(entry, "time");
    try {
      return time.isEmpty() ? null : print(Instant.parse(time));
    } catch (DateTimeParseException broken) {
      throw new IllegalArgumentException("time must be in RFC 3339, not " + time, broken);
    }
  }

  private static String print(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Prints managed fields in the server's order. */
  List<Object> toManagedFields() {
    Comparator<Map.Entry<Id, Owned>> order =
        Comparator.<Map.Entry<Id, Owned>, String>comparing(entry -> entry.getKey().operation())
            .thenComparing(entry -> entry.getValue().seconds())
            .thenComparing(entry -> entry.getKey().manager())
            .thenComparing(entry -> entry.getValue().apiVersion())
            .thenComparing(entry -> entry.getKey().subresource());
    List<Object> printed = new ArrayList<>();
    owners.entrySet().stream()
        .sorted(order)
        .forEach(entry -> printed.add(print(entry.getKey(), entry.getValue())));
    return printed;
  }

  private static Map<String, Object> print(Id id, Owned owned) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("manager", id.manager());
    entry.put("operation", id.operation());
    entry.put("apiVersion", owned.apiVersion());
    if (owned.time() != null) {
      entry.put("time", owned.time());
    }
    entry.put("fieldsType", FIELDS_TYPE);
    entry.put("fieldsV1", owned.fields().toFieldsV1());
    if (!id.subresource().isEmpty()) {
      entry.put("subresource", id.subresource());
    }
    return entry;
  }

  boolean isEmpty() {
    return owners.isEmpty();
  }

  FieldSet fieldsOf(Id id) {
    Owned owned = owners.get(id);
    return owned == null ? FieldSet.of() : owned.fields();
  }

  /** Sets what an owner has; with nothing left it is no owner any more. */
  void put(Id id, FieldSet fields, String apiVersion) {
    Owned before = owners.get(id);
    put(id, new Owned(fields, apiVersion, before == null ? null : before.time()));
  }

  private void put(Id id, Owned owned) {
    if (owned.fields().isEmpty()) {
      owners.remove(id);
    } else {
      owners.put(id, owned);
    }
  }

  void touch(Id id, Instant now) {
    owners.computeIfPresent(id, (i, o) -> new Owned(o.fields(), o.apiVersion(), print(now)));
  }

  FieldSet allFields() {
    return owners.values().stream().map(Owned::fields).reduce(FieldSet.of(), FieldSet::union);
  }

  /** The fields among {@code changed} of every owner but one. */
  Map<Id, FieldSet> ownersOf(FieldSet changed, Id except) {
    Map<Id, FieldSet> found = new TreeMap<>();
    owners.forEach(
        (id, owned) -> {
          FieldSet shared = FieldSets.both(owned.fields(), changed);
          if (!id.equals(except) && !shared.isEmpty()) {
            found.put(id, shared);
          }
        });
    return found;
  }

  /** Takes fields from every owner but one; null for all. */
  void take(FieldSet fields, @Nullable Id except) {
    for (Map.Entry<Id, Owned> entry : List.copyOf(owners.entrySet())) {
      if (!entry.getKey().equals(except)) {
        put(entry.getKey(), entry.getValue().with(entry.getValue().fields().minus(fields)));
      }
    }
  }

  /** Merges the oldest Update entries until no more than ten are left. */
  void capUpdaters() {
    List<Id> updaters =
        new ArrayList<>(owners.keySet().stream().filter(i -> !i.isApplier()).toList());
    updaters.sort(
        Comparator.<Id>comparingLong(id -> ownedBy(id).seconds()).thenComparing(id -> id));
    Map<String, Id> firsts = new TreeMap<>();
    int left = updaters.size();
    for (Id updater : updaters) {
      if (left <= MAX_UPDATERS) {
        return;
      }
      Id first = firsts.putIfAbsent(updater.apiVersion(), updater);
      if (first != null) {
        moveToBucket(first, updater);
        left--;
      }
    }
  }

  private void moveToBucket(Id first, Id updater) {
    Id bucket = new Id("ancient-changes", "Update", updater.apiVersion(), "");
    Owned older = owners.containsKey(bucket) ? ownedBy(bucket) : remove(first);
    Owned newer = remove(updater);
    owners.put(
        bucket, new Owned(older.fields().union(newer.fields()), newer.apiVersion(), newer.time()));
  }

  private Owned remove(Id id) {
    Owned owned = ownedBy(id);
    owners.remove(id);
    return owned;
  }

  private Owned ownedBy(Id id) {
    Owned owned = owners.get(id);
    if (owned == null) {
      throw new IllegalStateException("no owner " + id);
    }
    return owned;
  }
}
