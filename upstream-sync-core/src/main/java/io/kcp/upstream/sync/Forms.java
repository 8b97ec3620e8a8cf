package io.kcp.upstream.sync;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.kcp.upstream.conflict.FieldNotes;
import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.SyncKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One digest for each side of a pair, object and status together. They are equal when nothing has
 * to be written; where they are not, a closer look is needed.
 */
final class Forms {
  /** Stands for a side that has no object. */
  static final Digest ABSENT = new Digest(0, 0);

  private static final HashFunction HASH = Hashing.murmur3_128();

  /** Stands for what is not owned at all. */
  static final Digest NOTHING = new Digest(0, 1);

  private static final List<String> DIRECTIVES =
      List.of(
          SyncKeys.SYNC,
          SyncKeys.RESOLVE,
          SyncKeys.CONFLICT_STRATEGY,
          SyncKeys.YIELDED,
          SyncKeys.SETTLED);

  private final FieldManagers managers;

  Forms(FieldManagers managers) {
    this.managers = managers;
  }

  /**
   * What the digest of one side is made of.
   *
   * @param object of what is applied, the status left out
   * @param status of what is mirrored
   * @param whole of both, and of what else calls for a closer look
   */
  record Parts(Digest object, Digest status, Digest whole) {
    private static Parts of(Digest object, Digest status, Digest extras) {
      return new Parts(object, status, object.and(status).and(extras));
    }
  }

  Parts desired(Desired desired) {
    MergeSchema schema = desired.type().schema();
    Digest object = Canonical.digest(desired.object(), schema);
    Digest status =
        StatusWrite.mirrored(desired)
            .map(tree -> Canonical.digest(marked(desired, tree), schema))
            .orElse(NOTHING);
    return Parts.of(object, status, NOTHING);
  }

  /** The status to be mirrored, its generations as marks. */
  static ObjectTree marked(Desired desired, ObjectTree status) {
    long generation = desired.origin().generation();
    return Generations.marked(
        status, generation == 0 ? OptionalLong.empty() : OptionalLong.of(generation));
  }

  /**
   * @param watched fields that are not ours and matter nevertheless
   */
  Parts upstream(ObjectTree live, MergeSchema schema, FieldSet watched) {
    Optional<Owned> owned = OwnedFields.of(live, managers.main(), schema);
    Digest object =
        owned.map(own -> Canonical.ownedDigest(live, own.fields(), schema)).orElse(NOTHING);
    return Parts.of(object, status(live, schema), extras(live, owned, watched));
  }

  /** What we own of the status, its generations as marks. */
  private Digest status(ObjectTree live, MergeSchema schema) {
    OptionalLong generation = live.integer("metadata.generation");
    return OwnedFields.of(live, managers.status(), "status")
        .filter(own -> !own.fields().isEmpty())
        .map(
            own ->
                Canonical.ownedDigest(Generations.marked(live, generation), own.fields(), schema))
        .orElse(NOTHING);
  }

  /** What else calls for a closer look: {@link #NOTHING} for an ordinary copy. */
  private Digest extras(ObjectTree live, Optional<Owned> owned, FieldSet watched) {
    boolean known = owned.isPresent();
    boolean directed = DIRECTIVES.stream().anyMatch(live.annotations()::containsKey);
    boolean goes = Mark.isBeingDeleted(live);
    FieldSet taken =
        owned
            .filter(own -> isShared(live))
            .map(own -> FieldNotes.taken(live, own.fields()))
            .orElseGet(FieldSet::of);
    if (known && !directed && !goes && watched.isEmpty() && taken.isEmpty()) {
      return NOTHING;
    }
    Hasher hasher = HASH.newHasher().putBoolean(known).putBoolean(goes);
    DIRECTIVES.forEach(key -> put(hasher, key + live.annotations().get(key)));
    for (FieldPath field : watched.union(taken)) {
      put(hasher, field.toString());
      put(hasher, OwnedFields.otherManagers(live, managers.main(), field).toString());
      // Hashed, not kept: the value may be a Secret's.
      hasher.putInt(Objects.hashCode(FieldNotes.value(live, field)));
    }
    return digest(hasher);
  }

  /** Whether anybody else owns anything of it, its status aside. */
  private boolean isShared(ObjectTree live) {
    return live.items("metadata.managedFields").stream()
        .anyMatch(
            entry ->
                entry.string("subresource").orElse("").isEmpty()
                    && !entry.string("manager").orElse("").equals(managers.main()));
  }

  private static void put(Hasher hasher, String text) {
    hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
  }

  private static Digest digest(Hasher hasher) {
    byte[] hash = hasher.hash().asBytes();
    return new Digest(
        com.google.common.primitives.Longs.fromByteArray(hash),
        com.google.common.primitives.Longs.fromByteArray(
            java.util.Arrays.copyOfRange(hash, 8, 16)));
  }
}
