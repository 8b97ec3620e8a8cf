package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.DirectClient.Reply;
import io.kcp.upstream.testkit.ServedTypes.Served;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An object that somebody waits for, by a list of it alone and then a watch from there. */
final class Awaited {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final DirectClient direct;
  private final ServedTypes types;
  private final Subject subject;
  private final Duration limit;
  private final long deadline;
  private Optional<ObjectTree> seen = Optional.empty();

  Awaited(DirectClient direct, ServedTypes types, Subject subject, Duration limit) {
    this.direct = direct;
    this.types = types;
    this.subject = subject;
    this.limit = limit;
    this.deadline = System.nanoTime() + limit.toNanos();
  }

  /** Which object. */
  record Subject(String resource, String namespace, String name) {
    String encodedName() {
      return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
  }

  /**
   * Waits until the state, empty for no object, is as wanted, and returns it.
   *
   * @throws AssertionError when it is not in time
   */
  Optional<ObjectTree> until(
      Predicate<Optional<ObjectTree>> wanted, String text, Supplier<String> requests) {
    try {
      while (System.nanoTime() < deadline) {
        Optional<Served> type = types.find(subject.resource());
        if (type.isPresent() ? follow(type.get(), wanted) : isGone(wanted)) {
          return seen;
        }
        TimeUnit.NANOSECONDS.sleep(Math.min(PAUSE.toNanos(), left().toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + subject, e);
    }
    throw new AssertionError(
        "waited %d s for %s of %s; %s; %s"
            .formatted(limit.toSeconds(), text, subject, lastSeen(), requests.get()));
  }

  private String lastSeen() {
    return seen.map(object -> "as last seen:\n" + ObjectText.of(object)).orElse("it is not there");
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /** Returns whether the state became as wanted before the watch ended. */
  private boolean follow(Served type, Predicate<Optional<ObjectTree>> wanted)
      throws InterruptedException {
    String path =
        type.collection(subject.namespace())
            + "?fieldSelector=metadata.name%3D"
            + subject.encodedName();
    Reply reply = direct.get(path);
    if (reply.isRefusal()) {
      return reply.status() == 404 && isGone(wanted); // else it is not ready to be asked
    }
    ObjectTree list = reply.object();
    seen = list.items("items").stream().findFirst().map(type::named);
    if (wanted.test(seen)) {
      return true;
    }
    String version = list.string("metadata.resourceVersion").orElse("");
    try (EventQueue events = direct.watch(path + "&watch=true&resourceVersion=" + version)) {
      Optional<ObjectTree> event = events.next(left());
      while (event.isPresent() && take(event.get())) {
        if (wanted.test(seen)) {
          return true;
        }
        event = events.next(left());
      }
      return false;
    }
  }

  private boolean isGone(Predicate<Optional<ObjectTree>> wanted) {
    seen = Optional.empty();
    return wanted.test(seen);
  }

  private boolean take(ObjectTree event) {
    String kind = event.string("type").orElse("ERROR");
    switch (kind) {
      case "ADDED", "MODIFIED" -> seen = event.tree("object");
      case "DELETED" -> seen = Optional.empty();
      case "BOOKMARK" -> {}
      default -> {
        return false;
      }
    }
    return true;
  }
}
