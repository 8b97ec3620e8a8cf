package io.kcp.upstream.testkit.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what one client sees of the changes of a resource. Used by one thread at a time. */
final class WatchEvents {
  private final Call call;
  private final View view;
  private final Selection selection;
  private boolean first = true;

  WatchEvents(Call call, View view, Selection selection) {
    this.call = call;
    this.view = view;
    this.selection = selection;
  }

  /** The event for a change; null when the client does not see it. */
  byte @Nullable [] of(Change change) {
    Stored before = change.before();
    Stored after = change.after();
    boolean was = before != null && matches(before);
    boolean is = after != null && matches(after);
    if (is) {
      return event(was ? "MODIFIED" : "ADDED", java.util.Objects.requireNonNull(after));
    }
    return was && before != null
        ? event("DELETED", new Stored(change.key(), change.version(), before.tree()))
        : null;
  }

  /** The event for an object that is there when the watch begins. */
  byte @Nullable [] initial(Stored object) {
    return matches(object) ? event("ADDED", object) : null;
  }

  private boolean matches(Stored object) {
    return selection.isAll() || selection.matches(view.object(object));
  }

  private byte[] event(String type, Stored object) {
    byte[] json = view.eventJson(object, first);
    first = false;
    return event(type, json);
  }

  byte[] bookmark(Bookmark bookmark) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", Long.toString(bookmark.version()));
    if (bookmark.initialEventsEnd()) {
      metadata.put("annotations", Map.of("k8s.io/initial-events-end", "true"));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", call.resource().kind());
    object.put("apiVersion", call.apiVersion());
    object.put("metadata", metadata);
    if (!view.accept().as().isEmpty()) {
      return event("BOOKMARK", Json.bytes(view.form(object)));
    }
    if (!call.resource().is(Trait.CUSTOM) && call.version().has("status")) {
      object.put("spec", Map.of());
      object.put("status", Map.of());
    }
    return event("BOOKMARK", Json.bytes(object));
  }

  byte[] error(ApiException problem) {
    return event("ERROR", Json.bytes(problem.status()));
  }

  private static byte[] event(String type, byte[] object) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(object.length + 40);
    line.writeBytes(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
    line.writeBytes(object);
    line.writeBytes("}\n".getBytes(StandardCharsets.US_ASCII));
    return line.toByteArray();
  }
}
