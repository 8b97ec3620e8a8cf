package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.RequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our finalizer on the SyncTarget: it must not go before its copies do. */
final class TargetFinalizer {
  private static final int TRIES = 4;
  private static final String LIST = "/metadata/finalizers";

  private final Setup setup;
  private final String path;
  private final String manager;

  TargetFinalizer(Setup setup, String manager) {
    this.setup = setup;
    this.path = TargetReader.PATH + "/" + setup.syncTarget();
    this.manager = manager;
  }

  static boolean isOn(ObjectTree target) {
    return finalizers(target).contains(SyncKeys.FINALIZER);
  }

  /** Puts it on if it is not there. Throws {@link RequestException}. */
  void put(ObjectTree target) throws InterruptedException {
    if (!isOn(target)) {
      change(target, true);
    }
  }

  /** Takes it off; the SyncTarget may be gone when this returns. Throws like {@link #put}. */
  void take(ObjectTree target) throws InterruptedException {
    if (isOn(target)) {
      change(target, false);
    }
  }

  private void change(ObjectTree target, boolean on) throws InterruptedException {
    Optional<ObjectTree> seen = Optional.of(target);
    for (int tries = 1; seen.isPresent(); tries++) {
      try {
        setup.workspace().send(patch(seen.get(), on));
        return;
      } catch (RequestException e) {
        if (e.code() != 409 || tries == TRIES) {
          throw e;
        }
      }
      // Our own status writes make new versions all the time.
      seen = live().filter(now -> isSame(now, target) && isOn(now) != on);
    }
  }

  private static boolean isSame(ObjectTree one, ObjectTree other) {
    return one.string("metadata.uid").equals(other.string("metadata.uid"));
  }

  private Optional<ObjectTree> live() throws InterruptedException {
    try {
      return Optional.of(setup.workspace().send(ApiRequest.get(path)).object());
    } catch (RequestException e) {
      if (e.saysNotFound(setup.syncTarget())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Of exactly this version: 409 when it is another by now. */
  private ApiRequest patch(ObjectTree seen, boolean on) {
    List<Map<String, Object>> operations =
        List.of(
            operation("test", "/metadata/uid", seen.string("metadata.uid").orElse("")),
            operation(
                "replace",
                "/metadata/resourceVersion",
                seen.string("metadata.resourceVersion").orElse("")),
            on ? addition(seen) : removal(seen));
    return ApiRequest.patch(path, ApiRequest.JSON_PATCH, operations).with("fieldManager", manager);
  }

  private static Map<String, Object> addition(ObjectTree seen) {
    return finalizers(seen).isEmpty()
        ? operation("add", LIST, List.of(SyncKeys.FINALIZER))
        : operation("add", LIST + "/-", SyncKeys.FINALIZER);
  }

  private static Map<String, Object> removal(ObjectTree seen) {
    int at = finalizers(seen).indexOf(SyncKeys.FINALIZER);
    return Map.of("op", "remove", "path", LIST + "/" + at);
  }

  private static Map<String, Object> operation(String what, String path, Object value) {
    return Map.of("op", what, "path", path, "value", value);
  }

  private static List<?> finalizers(ObjectTree target) {
    Object listed =
        target.tree("metadata").map(metadata -> metadata.asMap().get("finalizers")).orElse(null);
    return listed instanceof List<?> all ? all : List.of();
  }
}
