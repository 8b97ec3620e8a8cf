package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the operations of an RFC 6902 patch on a tree of its own. */
final class JsonPatch {
  /** What the server says, whatever went wrong. */
  private static final String REFUSED =
      "the server rejected our request due to an error in our request";

  private static final int MAX_OPERATIONS = 10_000;

  private final Map<String, Object> root;

  private JsonPatch(Map<String, Object> root) {
    this.root = root;
  }

  static Map<String, Object> apply(Map<String, Object> object, @Nullable Object patch) {
    if (patch == null) {
      return object;
    }
    if (!(patch instanceof List<?> operations)) {
      throw notOfType(patch, "[]handlers.jsonPatchOp");
    }
    for (Object operation : operations) {
      if (!(operation instanceof Map<?, ?>)) {
        throw notOfType(operation, "handlers.jsonPatchOp");
      }
    }
    if (operations.size() > MAX_OPERATIONS) {
      throw new PatchException(
          413,
          "Request entity too large: The allowed maximum operations in a JSON patch is %d, got %d"
              .formatted(MAX_OPERATIONS, operations.size()));
    }
    JsonPatch run = new JsonPatch(Json.map(Json.copy(Map.of("root", object))));
    operations.forEach(operation -> run.run(Json.map(operation)));
    if (!(run.root.get("root") instanceof Map<?, ?> result)) {
      throw refused();
    }
    return Json.map(result);
  }

  private static PatchException notOfType(Object value, String type) {
    return new PatchException(
        400,
        "error decoding patch: json: cannot unmarshal %s into Go value of type %s"
            .formatted(Patches.goType(value), type));
  }

  private void run(Map<String, Object> operation) {
    Place place = place(operation, "path");
    switch (Json.string(operation, "op")) {
      case "add" -> place.add(value(operation));
      case "remove" -> place.remove();
      case "replace" -> place.set(value(operation));
      case "test" -> {
        if (!Json.equal(place.getOrNull(), operation.get("value"))) {
          throw refused();
        }
      }
      case "copy" -> // of a missing member: null, against the RFC
          place.add(Json.copy(place(operation, "from").getOrNull()));
      case "move" -> {
        Place from = place(operation, "from");
        Object moved = from.get();
        from.remove();
        place(operation, "path").add(moved);
      }
      default -> throw refused();
    }
  }

  private static @Nullable Object value(Map<String, Object> operation) {
    if (!operation.containsKey("value")) {
      throw refused();
    }
    return Json.copy(operation.get("value"));
  }

  private Place place(Map<String, Object> operation, String member) {
    String pointer = Json.string(operation, member);
    if (!operation.containsKey(member) || (!pointer.isEmpty() && !pointer.startsWith("/"))) {
      throw refused();
    }
    String[] steps = ("/root" + pointer).split("/", -1);
    Object parent = root;
    for (int i = 1; i < steps.length - 1; i++) {
      parent = new Place(parent, unescape(steps[i])).get();
    }
    return new Place(parent, unescape(steps[steps.length - 1]));
  }

  private static String unescape(String step) {
    return step.replace("~1", "/").replace("~0", "~");
  }

  private static PatchException refused() {
    return new PatchException(422, REFUSED);
  }

  /** A member of an object or an item of a list; it need not be there. */
  private record Place(@Nullable Object parent, String step) {
    @Nullable Object getOrNull() {
      return parent instanceof Map<?, ?> map ? map.get(step) : get();
    }

    @Nullable Object get() {
      if (parent instanceof Map<?, ?> map && map.containsKey(step)) {
        return map.get(step);
      }
      if (parent instanceof List<?> list) {
        return list.get(index(list.size() - 1));
      }
      throw refused();
    }

    /** A missing member is added, as the server does, against the RFC. */
    void set(@Nullable Object value) {
      if (parent instanceof List<?>) {
        setItem(Json.list(parent), value);
      } else {
        add(value);
      }
    }

    @SuppressWarnings("NullAway") // JSON null is an item
    private void setItem(List<Object> list, @Nullable Object value) {
      list.set(index(list.size() - 1), value);
    }

    void add(@Nullable Object value) {
      if (parent instanceof List<?>) {
        addItem(Json.list(parent), value);
      } else if (parent instanceof Map<?, ?>) {
        Json.put(Json.map(parent), step, value);
      } else {
        throw refused();
      }
    }

    @SuppressWarnings("NullAway") // JSON null is an item
    private void addItem(List<Object> list, @Nullable Object value) {
      list.add(step.equals("-") ? list.size() : index(list.size()), value);
    }

    void remove() {
      get();
      if (parent instanceof List<?> list) {
        list.remove(index(list.size() - 1));
      } else {
        Json.map(parent).remove(step);
      }
    }

    /** Negative ones count from the end, as the server allows. */
    private int index(int max) {
      if (!step.matches("-?(0|[1-9][0-9]{0,8})")) {
        throw refused();
      }
      int index = Integer.parseInt(step);
      int fromStart = index < 0 ? index + max + 1 : index;
      if (fromStart < 0 || fromStart > max) {
        throw refused();
      }
      return fromStart;
    }
  }
}
