package io.kcp.upstream.discovery;

import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Optional;

/**
 * How the workspace merges one value: as a whole or by parts, and which fields it knows. Read from
 * its OpenAPI v3 document. Immutable.
 */
public interface MergeSchema {
  /** How a value merges. */
  enum Merge {
    /** A scalar, an atomic list or an atomic map. */
    WHOLE,
    /** A map or struct, field by field. */
    FIELDS,
    /** A list whose items are told apart by {@link #keys}. */
    LIST_MAP,
    /** A list of distinct scalars. */
    SET,
    /** Nothing is declared: maps merge field by field, lists and scalars are taken whole. */
    DEDUCED
  }

  Merge merge();

  /** The schema of a field of a map; {@link #deduced} where none is declared. */
  MergeSchema field(String name);

  /**
   * Whether a field is declared by its name, as a struct's are; the keys of a map are not. A server
   * notes who put a key into a map, and not who gave a struct its field.
   */
  boolean declares(String name);

  /** The schema of the items of a list; {@link #deduced} where none is declared. */
  MergeSchema items();

  /** The keys of a LIST_MAP in the order declared. */
  List<String> keys();

  /** What stands for a LIST_MAP's key that an item lacks. */
  Optional<Object> keyDefault(String key);

  /**
   * The object without the fields that the workspace would prune; the same one where it has none.
   */
  ObjectTree prune(ObjectTree object);

  /** For kinds without a schema. */
  static MergeSchema deduced() {
    return DeducedSchema.INSTANCE;
  }
}
