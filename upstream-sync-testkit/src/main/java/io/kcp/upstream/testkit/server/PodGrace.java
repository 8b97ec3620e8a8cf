package io.kcp.upstream.testkit.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The time that a deleted pod is given to end. Nobody ends it here: it stays until it is deleted
 * with a grace of 0, as a kubelet does.
 */
final class PodGrace {
  private PodGrace() {}

  /** The seconds that an object gets when it is deleted, or again deleted, now. */
  static long seconds(Map<String, Object> object, DeleteOptions options) {
    boolean bound = !Tree.string(object, "spec", "nodeName").isEmpty();
    boolean ended = List.of("Failed", "Succeeded").contains(Tree.string(object, "status", "phase"));
    if (!Tree.string(object, "kind").equals("Pod")
        || !Tree.string(object, "apiVersion").equals("v1")
        || !bound
        || ended) {
      return 0;
    }
    Long asked = options.grace();
    if (Meta.isDeleting(object)) {
      return asked == null ? given(object) : Math.min(given(object), Math.max(asked, 0));
    }
    long own = Tree.number(object, 30, "spec", "terminationGracePeriodSeconds");
    return Math.max(0, asked == null ? own : asked);
  }

  /** The seconds that an object was given, 0 for none. */
  static long given(Map<String, Object> object) {
    return Tree.number(object, 0, "metadata", "deletionGracePeriodSeconds");
  }

  /** A marked object whose time is up so many seconds after it was deleted. */
  static Map<String, Object> with(Map<String, Object> marked, long seconds, long before) {
    Instant up = Instant.parse(Tree.string(marked, "metadata", "deletionTimestamp"));
    Map<String, Object> timed =
        Tree.with(
            marked, up.plusSeconds(seconds - before).toString(), "metadata", "deletionTimestamp");
    return Tree.with(timed, seconds, "metadata", "deletionGracePeriodSeconds");
  }
}
