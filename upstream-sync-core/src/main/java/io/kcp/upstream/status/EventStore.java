package io.kcp.upstream.status;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/** Events as the workspace keeps them. */
final class EventStore {
  private static final ResourceType EVENTS =
      new ResourceType(GroupResource.parse("events"), "v1", "Event", true, Set.of(), Set.of());
  private static final String MERGE = "application/merge-patch+json";

  /** What became of an Event. */
  enum Done {
    WRITTEN,
    /** The server has it, and nothing new is to be said. */
    KNOWN,
    /** It was written so lately, by an earlier process, that it has to wait. */
    TOO_SOON
  }

  /**
   * What became of an Event.
   *
   * @param at when it was last written
   */
  record Result(Done done, Instant at) {}

  private final ClusterEndpoint workspace;
  private final Duration quiet;

  EventStore(ClusterEndpoint workspace, Duration quiet) {
    this.workspace = workspace;
    this.quiet = quiet;
  }

  Result write(EventDocument event, Telling telling, Instant now) throws InterruptedException {
    Optional<ObjectTree> found = find(event);
    if (found.isEmpty()) {
      workspace.send(
          ApiRequest.post(EVENTS.path(event.namespace()), event.whole())
              .with("fieldManager", EventDocument.COMPONENT));
      return new Result(Done.WRITTEN, now);
    }
    ObjectTree before = found.get();
    Instant last = lastWritten(before).filter(at -> at.isBefore(now)).orElse(now);
    boolean same = before.string("message").equals(Optional.of(event.message()));
    if (same && telling.first() && telling.count() == 1) {
      return new Result(Done.KNOWN, last);
    }
    if (now.isBefore(last.plus(quiet))) {
      return new Result(Done.TOO_SOON, last);
    }
    workspace.send(
        ApiRequest.patch(
                EVENTS.path(event.namespace(), event.name()),
                MERGE,
                event.changes(before.integer("count").orElse(1)))
            .with("fieldManager", EventDocument.COMPONENT));
    return new Result(Done.WRITTEN, now);
  }

  private Optional<ObjectTree> find(EventDocument event) throws InterruptedException {
    try {
      ApiRequest get = ApiRequest.get(EVENTS.path(event.namespace(), event.name()));
      return Optional.of(workspace.send(get).object());
    } catch (RequestException e) {
      if (e.saysNotFound(event.name())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Empty where it is not readable, which only another writer can bring about. */
  private static Optional<Instant> lastWritten(ObjectTree event) {
    try {
      return event.string("lastTimestamp").map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
