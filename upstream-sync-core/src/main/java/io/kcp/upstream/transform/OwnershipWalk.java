package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.discovery.MergeSchema.Merge;
import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks what an apply of an object owns, by the server's rules: every scalar and atomic value;
 * every item of a list-map and member of a set; every key of a map that no schema declares, and
 * every empty map. A struct's fields that are maps themselves are not owned as such, nor are
 * list-maps and sets.
 *
 * @param <P> how the sink notes a path
 */
final class OwnershipWalk<P> {
  /** Takes what is owned; each path comes once. */
  interface Sink<P> {
    P child(P parent, Element element);

    /** A scalar or an atomic value. */
    void leaf(P path, @Nullable Object value);

    /** A map or item of which only the presence is owned. */
    void node(P path);
  }

  private static final String METADATA = "metadata";
  private static final Set<String> TYPE = Set.of("apiVersion", "kind");

  /** Who wrote these is never noted. */
  private static final Set<String> UNTRACKED_METADATA =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "selfLink",
          "managedFields");

  private final Sink<P> sink;

  OwnershipWalk(Sink<P> sink) {
    this.sink = sink;
  }

  void walk(ObjectTree object, P root, MergeSchema schema) {
    object
        .asMap()
        .forEach(
            (name, value) -> {
              if (name.equals(METADATA)) {
                metadata(value, sink.child(root, new Field(name)), field(schema, name, 0));
              } else if (!TYPE.contains(name)) {
                field(name, value, root, schema);
              }
            });
  }

  private void metadata(Object metadata, P path, MergeSchema schema) {
    if (metadata instanceof Map<?, ?> fields) {
      fields.forEach(
          (name, value) -> {
            if (!UNTRACKED_METADATA.contains(name)) {
              field((String) name, value, path, schema);
            }
          });
    }
  }

  /** The schema of a field at this depth of an object. */
  static MergeSchema field(MergeSchema parent, String name, int depth) {
    MergeSchema declared = parent.field(name);
    boolean untyped = depth == 0 && declared.merge() == Merge.DEDUCED;
    return untyped && name.equals(METADATA) ? StandardMetadata.METADATA : declared;
  }

  /** Whether an apply never owns that field as such while there is something in it. */
  static boolean isNeverNode(MergeSchema parent, String name, int depth) {
    return parent.declares(name) || (depth == 0 && name.equals(METADATA));
  }

  private void field(String name, Object value, P parent, MergeSchema schema) {
    P path = sink.child(parent, new Field(name));
    if (value(value, path, schema.field(name))) {
      return;
    }
    boolean empty = value instanceof Map<?, ?> map && map.isEmpty();
    if (empty || !schema.declares(name)) {
      sink.node(path);
    }
  }

  /** Whether the value itself was given to the sink; else only what is below it, if anything. */
  private boolean value(@Nullable Object value, P path, MergeSchema schema) {
    Merge merge = schema.merge();
    if (value instanceof Map<?, ?> map && (merge == Merge.FIELDS || merge == Merge.DEDUCED)) {
      map.forEach((name, field) -> field((String) name, field, path, schema));
      return false;
    }
    if (value instanceof List<?> list && (merge == Merge.LIST_MAP || merge == Merge.SET)) {
      items(list, path, schema);
      return false;
    }
    sink.leaf(path, value);
    return true;
  }

  private void items(List<?> list, P parent, MergeSchema schema) {
    for (int i = 0; i < list.size(); i++) {
      P path = sink.child(parent, ListItems.element(list.get(i), i, schema));
      if (!value(list.get(i), path, schema.items())) {
        sink.node(path);
      }
    }
  }
}
