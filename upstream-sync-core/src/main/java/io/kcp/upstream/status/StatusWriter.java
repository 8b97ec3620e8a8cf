package io.kcp.upstream.status;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the SyncTarget's status by server-side apply: when what it says changed, but no sooner
 * than the coalescing time after the last write, and at each heartbeat. To be asked often: {@link
 * #writeIfDue} does nothing when nothing is due. Used by one thread at a time.
 */
public final class StatusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

  /**
   * Where and as whom the status is written.
   *
   * @param coalesce the shortest time between two writes
   * @param heartbeat the longest time between two writes
   */
  public record Settings(
      String syncTarget, String manager, Duration coalesce, Duration heartbeat) {}

  private final ClusterEndpoint workspace;
  private final Settings settings;
  private final Supplier<TargetReport> report;
  private final Clock clock;
  private final StatusDocument document;
  private Instant lastTry = Instant.EPOCH;
  private Instant lastWritten = Instant.EPOCH;
  private @Nullable Map<String, Object> written;
  private boolean failing;
  private final AtomicLong writes = new AtomicLong();

  /**
   * A writer that goes on from what is written.
   *
   * @param previous the SyncTarget as it was found
   */
  public StatusWriter(
      ClusterEndpoint workspace,
      Settings settings,
      ObjectTree previous,
      Supplier<TargetReport> report,
      Clock clock) {
    this.workspace = workspace;
    this.settings = settings;
    this.report = report;
    this.clock = clock;
    this.document = new StatusDocument(previous);
  }

  public void writeIfDue() throws InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(lastTry.plus(settings.coalesce()))) {
      return;
    }
    Map<String, Object> status = document.render(report.get(), now);
    boolean changed = written == null || !withoutTimes(status).equals(withoutTimes(written));
    boolean heartbeat = !now.isBefore(lastWritten.plus(settings.heartbeat()));
    if (changed || heartbeat) {
      write(status, now);
    }
  }

  /** Writes what there is to say, whenever the last write was. */
  public void writeNow() throws InterruptedException {
    Instant now = clock.instant();
    write(document.render(report.get(), now), now);
  }

  /** How many writes succeeded; may be asked by any thread. */
  public long writes() {
    return writes.get();
  }

  private void write(Map<String, Object> status, Instant now) throws InterruptedException {
    lastTry = now;
    try {
      apply(status);
      written = status;
      lastWritten = now;
      writes.incrementAndGet();
      if (failing) {
        LOG.info("SyncTarget {}: its status is written again", settings.syncTarget());
      }
      failing = false;
    } catch (RequestException e) {
      if (!failing) {
        LOG.warn(
            "SyncTarget {}: its status can't be written: {}",
            settings.syncTarget(),
            e.getMessage());
      }
      failing = true;
    }
  }

  private void apply(Map<String, Object> status) throws InterruptedException {
    try {
      workspace.send(request(status, false));
    } catch (RequestException e) {
      if (e.code() != 409 || !e.reason().equals("Conflict")) {
        throw e;
      }
      workspace.send(request(withoutForeignConditions(status, e), true));
    }
  }

  private ApiRequest request(Map<String, Object> status, boolean force) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "workload.kcp.io/v1alpha1");
    object.put("kind", "SyncTarget");
    object.put("metadata", Map.of("name", settings.syncTarget()));
    object.put("status", status);
    String path = "/apis/workload.kcp.io/v1alpha1/synctargets/" + settings.syncTarget() + "/status";
    return ApiRequest.apply(path, ObjectTree.of(object))
        .with("fieldManager", settings.manager())
        .with("force", Boolean.toString(force));
  }

  /** A condition that another controller keeps is left to it. */
  private static Map<String, Object> withoutForeignConditions(
      Map<String, Object> status, RequestException conflict) {
    List<String> fields =
        conflict.status().stream()
            .flatMap(body -> body.items("details.causes").stream())
            .flatMap(cause -> cause.string("field").stream())
            .toList();
    Map<String, Object> rest = new LinkedHashMap<>(status);
    rest.computeIfPresent(
        "conditions",
        (name, conditions) ->
            ((List<?>) conditions)
                .stream()
                    .filter(condition -> fields.stream().noneMatch(field -> isOf(condition, field)))
                    .toList());
    return rest;
  }

  private static boolean isOf(Object condition, String field) {
    String prefix =
        ".status.conditions[type=\"%s\"]".formatted(((Map<?, ?>) condition).get("type"));
    return field.startsWith(prefix);
  }

  /** What changes all the time is written along, and is no reason to write. */
  private static Map<String, Object> withoutTimes(Map<String, Object> status) {
    Map<String, Object> steady = new LinkedHashMap<>(status);
    steady.remove("lastSyncerHeartbeatTime");
    steady.computeIfPresent("upstreamSync", (field, sync) -> steadyPart((Map<?, ?>) sync));
    return steady;
  }

  private static Map<Object, Object> steadyPart(Map<?, ?> upstreamSync) {
    Map<Object, Object> steady = new LinkedHashMap<>(upstreamSync);
    steady.remove("lastContactTime");
    steady.computeIfPresent(
        "resources",
        (name, resources) ->
            ((List<?>) resources).stream().map(StatusWriter::withoutVersion).toList());
    return steady;
  }

  private static Map<Object, Object> withoutVersion(Object resource) {
    Map<Object, Object> steady = new LinkedHashMap<>((Map<?, ?>) resource);
    steady.remove("physicalResourceVersion");
    return steady;
  }
}
