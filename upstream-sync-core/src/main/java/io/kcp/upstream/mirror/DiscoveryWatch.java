package io.kcp.upstream.mirror;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * Notices when a cluster may serve other resources than before: it watches the objects that say so,
 * CRDs, APIServices, and in a kcp workspace APIBindings. What it tells is a reason to look, not a
 * change. Safe for any thread.
 */
public final class DiscoveryWatch implements AutoCloseable {
  private static final Set<String> READ = Set.of("list", "watch");
  private static final List<GroupResource> TELLING =
      Stream.of(
              "customresourcedefinitions.apiextensions.k8s.io",
              "apiservices.apiregistration.k8s.io",
              "apibindings.apis.kcp.io")
          .map(GroupResource::parse)
          .toList();

  private final List<Mirror> mirrors;
  private final Alarm alarm;

  /**
   * Prepares; {@link #start} begins. {@code served} tells which of these objects there are to be
   * watched.
   *
   * @param timer runs {@code look}, which must be quick
   * @param look run soon after a change, at most every half second; and twice more when it has
   *     become quiet, since a server serves a new resource, and publishes its schema, some time
   *     after the object that defines it changed
   */
  public DiscoveryWatch(
      ClusterEndpoint cluster,
      Served served,
      MirrorSettings settings,
      ScheduledExecutorService timer,
      Runnable look) {
    this.alarm =
        new Alarm(
            timer,
            look,
            Duration.ofMillis(500),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30)));
    this.mirrors =
        TELLING.stream()
            .flatMap(type -> served.preferred(type).stream())
            .filter(type -> type.verbs().containsAll(READ))
            .map(type -> mirror(cluster, type, settings))
            .toList();
  }

  private Mirror mirror(ClusterEndpoint cluster, ResourceType type, MirrorSettings settings) {
    return new Mirror(cluster, type, new MirrorQuery("", "", false, false), settings, listener());
  }

  private MirrorListener listener() {
    return new MirrorListener() {
      @Override
      public void changed(GroupResource resource, String namespace, String name) {
        forget(resource, namespace, name);
        alarm.ring();
      }

      @Override
      public void stateChanged(Mirror mirror) {} // the next look in due time does without it
    };
  }

  /** A CRD may be a megabyte, and nobody reads it here. */
  private void forget(GroupResource resource, String namespace, String name) {
    mirrors.stream()
        .filter(mirror -> mirror.type().resource().equals(resource))
        .flatMap(mirror -> mirror.find(namespace, name).stream())
        .forEach(MirrorEntry::release);
  }

  public void start() {
    mirrors.forEach(Mirror::start);
  }

  /** Ends the watches, and waits for their threads, a few seconds at most. */
  @Override
  public void close() {
    mirrors.forEach(Mirror::stop);
    alarm.close();
  }
}
