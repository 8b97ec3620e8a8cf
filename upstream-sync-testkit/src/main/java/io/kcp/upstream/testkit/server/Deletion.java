package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Deletes objects, at once or when their finalizers are gone. */
final class Deletion {
  private Deletion() {}

  /** Whether an object that is being deleted has nothing more to wait for. */
  static boolean isDue(Map<String, Object> object) {
    boolean namespaceFull =
        Tree.string(object, "kind").equals("Namespace")
            && Tree.string(object, "apiVersion").equals("v1")
            && !Tree.list(object, "spec", "finalizers").isEmpty();
    return Meta.isDeleting(object)
        && Meta.finalizers(object).isEmpty()
        && PodGrace.given(object) == 0
        && !namespaceFull;
  }

  /**
   * @param gone whether it is no longer stored
   * @param object its last state, or its state while it waits for finalizers
   */
  record Result(boolean gone, Stored object) {}

  static Result delete(Call call, DeleteOptions options, String name) {
    for (; ; ) {
      Stored live = call.store().get(call.shelf(), call.key(name));
      if (live == null) {
        throw ApiException.notFound(call.resource().id(), name);
      }
      options.check(call, live);
      Map<String, Object> tree = live.tree();
      List<String> finalizers = new ArrayList<>(Meta.finalizers(tree));
      options.propagate(call.resource(), finalizers);
      if (call.resource().isCrds() && !Meta.isDeleting(tree)) {
        finalizers.add(CrdController.CLEANUP);
      }
      long grace = PodGrace.seconds(tree, options);
      boolean waits = !finalizers.isEmpty() || call.resource().isNamespaces() || grace > 0;
      if (options.dryRun() || call.isDryRun()) {
        return new Result(!waits, waits ? dry(call, live, finalizers, grace) : live);
      }
      Stored after =
          waits ? mark(call, live, finalizers, grace) : call.store().delete(call.shelf(), live);
      if (after != null) {
        return new Result(!waits, after);
      }
    }
  }

  private static Stored dry(Call call, Stored live, List<String> finalizers, long grace) {
    return new Stored(live.key(), live.version(), graced(call, live.tree(), finalizers, grace));
  }

  private static @org.jspecify.annotations.Nullable Stored mark(
      Call call, Stored live, List<String> finalizers, long grace) {
    Map<String, Object> tree = live.tree();
    boolean same =
        Meta.isDeleting(tree)
            && finalizers.equals(Meta.finalizers(tree))
            && grace == PodGrace.given(tree);
    return same
        ? live
        : call.store().replace(call.shelf(), live, graced(call, tree, finalizers, grace));
  }

  private static Map<String, Object> graced(
      Call call, Map<String, Object> tree, List<String> finalizers, long grace) {
    Map<String, Object> marked = marked(call, tree, finalizers);
    return grace == PodGrace.given(marked)
        ? marked
        : PodGrace.with(marked, grace, Meta.isDeleting(tree) ? PodGrace.given(tree) : 0);
  }

  /** The object as it is from the moment of its deletion. */
  static Map<String, Object> marked(Call call, Map<String, Object> tree, List<String> finalizers) {
    if (Meta.isDeleting(tree)) { // how dependents are dealt with can be said again
      return Tree.with(
          tree, finalizers.isEmpty() ? null : List.copyOf(finalizers), "metadata", "finalizers");
    }
    Map<String, Object> marked =
        Tree.with(tree, call.server().now(), "metadata", "deletionTimestamp");
    if (call.resource().isNamespaces()) {
      marked = Tree.with(marked, "Terminating", "status", "phase");
    } else if (call.resource().isCrds()) {
      marked = CrdStatus.terminating(marked, call.server().now());
    } else {
      marked = Tree.with(marked, 0L, "metadata", "deletionGracePeriodSeconds");
    }
    if (!finalizers.isEmpty()) {
      marked = Tree.with(marked, List.copyOf(finalizers), "metadata", "finalizers");
    }
    long generation = Tree.number(tree, 0, "metadata", "generation");
    return generation > 0 && !call.resource().isCrds()
        ? Tree.with(marked, generation + 1, "metadata", "generation")
        : marked;
  }
}
