package io.kcp.upstream.spi;

import io.kcp.upstream.spi.FieldPath.Element;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree that a {@link FieldSet} is: whether the node's own path is in the set, and the
 * nodes below it in the order of their elements. Leaves, the bulk of any set, are one instance.
 */
final class FieldNode {
  static final FieldNode EMPTY = new FieldNode(false, new Element[0], new FieldNode[0]);
  static final FieldNode LEAF = new FieldNode(true, new Element[0], new FieldNode[0]);

  private final boolean member;
  private final Element[] elements;
  private final FieldNode[] children;

  private FieldNode(boolean member, Element[] elements, FieldNode[] children) {
    this.member = member;
    this.elements = elements;
    this.children = children;
  }

  static FieldNode of(boolean member, Map<Element, FieldNode> sorted) {
    if (sorted.isEmpty()) {
      return member ? LEAF : EMPTY;
    }
    return new FieldNode(
        member, sorted.keySet().toArray(Element[]::new), sorted.values().toArray(FieldNode[]::new));
  }

  /** The node for sorted paths that have so many steps in common, in one go. */
  static FieldNode of(List<FieldPath> sorted, int depth) {
    int from = 0;
    while (from < sorted.size() && sorted.get(from).elements().size() == depth) {
      from++;
    }
    boolean member = from > 0;
    Map<Element, FieldNode> children = new TreeMap<>(ElementOrder.INSTANCE);
    while (from < sorted.size()) {
      Element element = sorted.get(from).elements().get(depth);
      int to = from + 1;
      while (to < sorted.size()
          && ElementOrder.INSTANCE.compare(sorted.get(to).elements().get(depth), element) == 0) {
        to++;
      }
      children.put(element, of(sorted.subList(from, to), depth + 1));
      from = to;
    }
    return of(member, children);
  }

  boolean isMember() {
    return member;
  }

  boolean isEmpty() {
    return !member && elements.length == 0;
  }

  /** Sorted, side by side with {@link #children()}. */
  List<Element> elements() {
    return Arrays.asList(elements);
  }

  List<FieldNode> children() {
    return Arrays.asList(children);
  }

  int size() {
    int size = member ? 1 : 0;
    for (FieldNode child : children) {
      size += child.size();
    }
    return size;
  }

  @Nullable FieldNode child(Element element) {
    int found = Arrays.binarySearch(elements, element, ElementOrder.INSTANCE);
    return found < 0 ? null : children[found];
  }

  FieldNode union(FieldNode other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    int most = elements.length + other.elements.length;
    Element[] all = new Element[most];
    FieldNode[] below = new FieldNode[most];
    int count = 0;
    for (int i = 0, j = 0; i < elements.length || j < other.elements.length; count++) {
      int order = order(i, other, j);
      all[count] = order <= 0 ? elements[i] : other.elements[j];
      if (order == 0) {
        below[count] = children[i].union(other.children[j]);
      } else {
        below[count] = order < 0 ? children[i] : other.children[j];
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    boolean either = member || other.member;
    if (count == 0) {
      return either ? LEAF : EMPTY;
    }
    return new FieldNode(either, Arrays.copyOf(all, count), Arrays.copyOf(below, count));
  }

  /** Whether our element at {@code i} comes before, with or after the other's at {@code j}. */
  private int order(int i, FieldNode other, int j) {
    if (i == elements.length) {
      return 1;
    }
    return j == other.elements.length
        ? -1
        : ElementOrder.INSTANCE.compare(elements[i], other.elements[j]);
  }

  FieldNode minus(FieldNode other) {
    if (other.isEmpty()) {
      return this;
    }
    Map<Element, FieldNode> rest = new TreeMap<>(ElementOrder.INSTANCE);
    for (int i = 0; i < elements.length; i++) {
      FieldNode removed = other.child(elements[i]);
      FieldNode left = removed == null ? children[i] : children[i].minus(removed);
      if (!left.isEmpty()) {
        rest.put(elements[i], left);
      }
    }
    return of(member && !other.member, rest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldNode node
        && member == node.member
        && Arrays.equals(elements, node.elements)
        && Arrays.equals(children, node.children);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(elements) + Arrays.hashCode(children) + (member ? 1 : 0);
  }
}
