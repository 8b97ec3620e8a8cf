package io.kcp.upstream.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pods belong to which workload, by way of ReplicaSets and Jobs too, and who of these
 * workloads changed. Keeps no pod, only what counts of it. Safe for any thread.
 */
final class PodBoard {
  private static final int DEEPEST = 5;

  /** Who controls pods, by itself or by way of others. */
  record Workload(String group, String kind, String namespace, String name, String uid) {}

  private record PodKey(String namespace, String name) {}

  private record Placed(Node node, PodFacts facts) {}

  private static final class Node {
    private final Workload workload;
    private @Nullable Node parent;
    private long revision;
    private final Map<String, PodFacts> pods = new HashMap<>();
    private final Set<Node> children = new LinkedHashSet<>();

    Node(Workload workload) {
      this.workload = workload;
    }

    /** Whether there is nothing to remember it for. */
    boolean isIdle() {
      return pods.isEmpty() && children.isEmpty() && parent == null;
    }
  }

  // All guarded by this.
  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<PodKey, Placed> placed = new HashMap<>();
  private final Set<Workload> changed = new LinkedHashSet<>();

  /** A pod as it is now; one that nobody controls is not kept. */
  synchronized void pod(
      String namespace, String name, Optional<ControllerRef> controller, PodFacts facts) {
    PodKey key = new PodKey(namespace, name);
    Placed before = placed.get(key);
    Node node = controller.map(ref -> node(namespace, ref)).orElse(null);
    if (before != null && before.node() == node && before.facts().equals(facts)) {
      return;
    }
    if (before != null && before.node() != node) {
      take(key, before);
    }
    if (node != null) {
      placed.put(key, new Placed(node, facts));
      node.pods.put(name, facts);
      touch(node);
    }
  }

  synchronized void podGone(String namespace, String name) {
    PodKey key = new PodKey(namespace, name);
    Placed before = placed.get(key);
    if (before != null) {
      take(key, before);
    }
  }

  /** No pod is known any more. */
  synchronized void noPods() {
    Map.copyOf(placed).forEach(this::take);
  }

  private void take(PodKey key, Placed before) {
    placed.remove(key);
    before.node().pods.remove(key.name());
    touch(before.node());
    tidy(before.node());
  }

  private Node node(String namespace, ControllerRef ref) {
    return nodes.computeIfAbsent(
        ref.uid(),
        uid -> new Node(new Workload(ref.group(), ref.kind(), namespace, ref.name(), uid)));
  }

  /**
   * A ReplicaSet or Job as it is now.
   *
   * @param revision tells the newest of several; 0 where it has none
   */
  synchronized void between(Workload itself, Optional<ControllerRef> controller, long revision) {
    Node node = nodes.computeIfAbsent(itself.uid(), uid -> new Node(itself));
    Node parent = controller.map(ref -> node(itself.namespace(), ref)).orElse(null);
    if (node.parent == parent && node.revision == revision) {
      tidy(node);
      return;
    }
    touch(node);
    leave(node);
    node.parent = parent;
    node.revision = revision;
    if (parent != null) {
      parent.children.add(node);
    }
    touch(node);
    tidy(node);
  }

  /** A ReplicaSet or Job was deleted: pods that it leaves behind are its own alone. */
  synchronized void betweenGone(String uid) {
    Node node = nodes.get(uid);
    if (node != null) {
      touch(node);
      leave(node);
      tidy(node);
    }
  }

  private void leave(Node node) {
    Node parent = node.parent;
    node.parent = null;
    if (parent != null) {
      parent.children.remove(node);
      tidy(parent);
    }
  }

  private void tidy(Node node) {
    if (node.isIdle()) {
      nodes.remove(node.workload.uid());
    }
  }

  private void touch(Node node) {
    Node each = node;
    for (int i = 0; each != null && i < DEEPEST; i++) { // references may run in a circle
      changed.add(each.workload);
      each = each.parent;
    }
  }

  synchronized boolean hasChanged() {
    return !changed.isEmpty();
  }

  /** Whose pods changed since the last call. */
  synchronized List<Workload> takeChanged() {
    List<Workload> taken = new ArrayList<>(changed);
    changed.clear();
    return taken;
  }

  /**
   * The pods of a workload; empty when no pod ever was known to be its.
   *
   * @param now in seconds since 1970
   */
  synchronized Optional<Tally> tally(String uid, long now) {
    Node node = nodes.get(uid);
    if (node == null) {
      return Optional.empty();
    }
    Tally.Counter all = new Tally.Counter(now);
    count(node, all, new HashSet<>());
    newest(node.children).ifPresent(child -> all.current(part(child, now)));
    return Optional.of(all.tally());
  }

  private static void count(Node node, Tally.Counter into, Set<Node> met) {
    if (met.add(node)) {
      node.pods.forEach(into::add);
      node.children.forEach(child -> count(child, into, met));
    }
  }

  private static Optional<Node> newest(Collection<Node> children) {
    Node newest = null;
    for (Node child : children) {
      if (child.revision > 0 && (newest == null || child.revision > newest.revision)) {
        newest = child;
      }
    }
    return Optional.ofNullable(newest);
  }

  private static Tally.Part part(Node node, long now) {
    Tally.Counter one = new Tally.Counter(now);
    count(node, one, new HashSet<>());
    return one.part();
  }

  /** The pods that are kept account of; each once. */
  synchronized int size() {
    return placed.size();
  }

  /**
   * All pods that somebody controls, counted; the example of a reason has its namespace.
   *
   * @param now in seconds since 1970
   */
  synchronized Tally sum(long now) {
    Tally.Counter all = new Tally.Counter(now);
    placed.forEach((key, pod) -> all.add(key.namespace() + "/" + key.name(), pod.facts()));
    return all.tally();
  }
}
