package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Answers watches. */
final class WatchHandler {
  private static final long BOOKMARK_SECONDS = 60;

  private WatchHandler() {}

  static void handle(Call call, Map<String, String> headers, HttpAnswer answer) {
    Selection selection = Selection.of(call);
    WatchOptions options = WatchOptions.of(call);
    View view = View.ofObjects(call);
    if (options.replays() && options.since() > 0) {
      Versions.await(call.store(), options.since());
    }
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", view.accept().contentType());
    HttpStream out = answer.stream(200, all);
    WatchStream stream =
        new WatchStream(call, options, new WatchEvents(call, view, selection), out);
    out.onOver(() -> call.store().unsubscribe(call.shelf(), stream));
    begin(call, options, stream);
    scheduleEnd(call, options, stream, out);
    stream.start();
  }

  private static void begin(Call call, WatchOptions options, WatchStream stream) {
    if (options.replays()) {
      Listing listing = call.store().subscribe(call.shelf(), stream);
      stream.replay(listing, options.marksInitialEnd());
      return;
    }
    long since = options.since() == 0 ? call.store().version() : options.since();
    List<Change> missed = call.store().subscribeAfter(call.shelf(), stream, since);
    if (missed == null) {
      stream.expired(
          "too old resource version: %d (%d)".formatted(since, call.store().floor(call.shelf())));
    } else {
      stream.catchUp(missed);
    }
  }

  private static void scheduleEnd(
      Call call, WatchOptions options, WatchStream stream, HttpStream out) {
    var timer = call.server().timer();
    ScheduledFuture<?> end = timer.schedule(stream::end, options.seconds(), TimeUnit.SECONDS);
    out.onOver(() -> end.cancel(false));
    if (options.bookmarks()) {
      Runnable mark = () -> call.store().mark(stream);
      ScheduledFuture<?> ticks =
          timer.scheduleWithFixedDelay(mark, BOOKMARK_SECONDS, BOOKMARK_SECONDS, TimeUnit.SECONDS);
      ScheduledFuture<?> last =
          timer.schedule(mark, Math.max(0, options.seconds() - 2), TimeUnit.SECONDS);
      out.onOver(
          () -> {
            ticks.cancel(false);
            last.cancel(false);
          });
    }
  }
}
