package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a client wants to watch.
 *
 * @param since the version after which events are wanted, 0 for any
 * @param replays whether all objects come first as ADDED
 * @param marksInitialEnd whether a bookmark ends them
 */
record WatchOptions(
    long since, boolean replays, boolean marksInitialEnd, boolean bookmarks, long seconds) {
  private static final long MIN_TIMEOUT_SECONDS = 1800;

  static WatchOptions of(Call call) {
    Query query = call.query();
    check(query);
    query.number("limit", 0); // counts for nothing, but must be a number
    String text = query.get("resourceVersion");
    long since = text.isEmpty() ? 0 : Versions.parse(text);
    if (since < 0) {
      throw ApiException.internal(Versions.problem(text));
    }
    boolean asked = query.isTrue("sendInitialEvents");
    boolean declined = query.has("sendInitialEvents") && !asked;
    boolean replays = asked || (since == 0 && !(declined && text.equals("0")));
    boolean bookmarks = query.isTrue("allowWatchBookmarks");
    long seconds =
        query.number(
            "timeoutSeconds",
            MIN_TIMEOUT_SECONDS + ThreadLocalRandom.current().nextLong(MIN_TIMEOUT_SECONDS));
    return new WatchOptions(
        since, replays, bookmarks && replays && !declined, bookmarks, Math.max(1, seconds));
  }

  private static void check(Query query) {
    boolean initial = query.has("sendInitialEvents");
    String match = query.get("resourceVersionMatch");
    List<FieldError> errors = new ArrayList<>();
    if (initial && !match.equals("NotOlderThan")) {
      errors.add(
          new FieldError(
              "resourceVersionMatch",
              "FieldValueForbidden",
              "Forbidden: sendInitialEvents requires setting resourceVersionMatch to"
                  + " NotOlderThan"));
    }
    if (!initial && !match.isEmpty()) {
      errors.add(
          new FieldError(
              "resourceVersionMatch",
              "FieldValueForbidden",
              "Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is"
                  + " provided"));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(new ResourceName("meta.k8s.io", "ListOptions"), "", errors);
    }
  }
}
