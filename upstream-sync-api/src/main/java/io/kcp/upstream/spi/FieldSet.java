package io.kcp.upstream.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of exact field paths, as the API server keeps one per manager in {@code managedFields}. It
 * holds the leaves that a manager set, and those nodes above them that it owns as such ({@code "."}
 * in {@code FieldsV1}). Containing a path says nothing about the paths above or below it.
 *
 * <p>Immutable, safe for use by many threads, sorted as {@link FieldPath} is. Kept as a tree:
 * {@link #contains} costs one binary search for each step of the path.
 */
public final class FieldSet implements Iterable<FieldPath> {
  private final FieldNode root;

  private FieldSet(FieldNode root) {
    this.root = root;
  }

  /**
   * Makes a set of paths.
   *
   * @param paths in any order; duplicates count once
   * @return the set
   */
  public static FieldSet of(FieldPath... paths) {
    FieldPath[] sorted = paths.clone();
    Arrays.sort(sorted);
    return new FieldSet(FieldNode.of(Arrays.asList(sorted), 0));
  }

  /**
   * Reads the {@code fieldsV1} of an entry of {@code managedFields}.
   *
   * @param fieldsV1 the JSON object, such as {@code {"f:spec": {"f:replicas": {}}}}; an empty one
   *     is the empty set
   * @return the set
   * @throws IllegalArgumentException if a key or value is none of that format; the message names it
   */
  public static FieldSet ofFieldsV1(Map<String, ?> fieldsV1) {
    return new FieldSet(fieldsV1.isEmpty() ? FieldNode.EMPTY : FieldsV1.read(fieldsV1));
  }

  /**
   * Writes the set in the format that {@link #ofFieldsV1} reads.
   *
   * @return a new JSON object, equal to what the API server prints for this set
   */
  public Map<String, Object> toFieldsV1() {
    return root.equals(FieldNode.LEAF) ? Map.of(".", Map.of()) : FieldsV1.write(root);
  }

  /**
   * Tells whether exactly this path is in the set.
   *
   * @param path the path
   * @return whether it is a leaf or owned node of this set
   */
  public boolean contains(FieldPath path) {
    @Nullable FieldNode node = root;
    for (FieldPath.Element element : path.elements()) {
      node = node == null ? null : node.child(element);
    }
    return node != null && node.isMember();
  }

  /**
   * Adds a set.
   *
   * @param other the set to add
   * @return the paths that are in this set or the other
   */
  public FieldSet union(FieldSet other) {
    return new FieldSet(root.union(other.root));
  }

  /**
   * Takes a set away, path by path: removing a node leaves what is below it.
   *
   * @param other the set to take away
   * @return the paths of this set that are not in the other
   */
  public FieldSet minus(FieldSet other) {
    return new FieldSet(root.minus(other.root));
  }

  /**
   * Tells whether there is no path in this set.
   *
   * @return whether it is empty
   */
  public boolean isEmpty() {
    return root.isEmpty();
  }

  /**
   * Counts the paths.
   *
   * @return how many paths the set has
   */
  public int size() {
    return root.size();
  }

  /** Returns the paths in their order; a node comes right before those below it. */
  @Override
  public Iterator<FieldPath> iterator() {
    return paths().iterator();
  }

  private List<FieldPath> paths() {
    List<FieldPath> paths = new ArrayList<>();
    collect(root, FieldPath.of(), paths);
    return List.copyOf(paths);
  }

  private static void collect(FieldNode node, FieldPath path, List<FieldPath> paths) {
    if (node.isMember()) {
      paths.add(path);
    }
    for (int i = 0; i < node.elements().size(); i++) {
      collect(node.children().get(i), path.child(node.elements().get(i)), paths);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldSet set && root.equals(set.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  /** Returns the paths, such as {@code [metadata.labels, spec.replicas]}. */
  @Override
  public String toString() {
    return paths().toString();
  }
}
