package io.kcp.upstream.mirror;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.Hangup;
import io.kcp.upstream.wire.OpenAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * What one mirror asks its cluster. For the mirror's thread; {@code hangup} ends it from others.
 */
final class MirrorRequests {
  private final ClusterEndpoint cluster;
  private final ResourceType type;
  private final MirrorQuery query;
  private final Hangup hangup;
  private final ObjectReader objects;

  MirrorRequests(ClusterEndpoint cluster, ResourceType type, MirrorQuery query, Hangup hangup) {
    this.cluster = cluster;
    this.type = type;
    this.query = query;
    this.hangup = hangup;
    this.objects = new ObjectReader(type, query.managedFields());
  }

  int pageSize() {
    return cluster.limits().pageSize();
  }

  /**
   * One page; {@code next} is "" for the first. No resourceVersion is asked for: that list is the
   * most recent one, never one out of a cache that lags.
   */
  Page page(int limit, String next) throws IOException, InterruptedException {
    ApiRequest request = collection().with("limit", Integer.toString(limit));
    ApiRequest asked = next.isEmpty() ? request : request.with("continue", next);
    return Page.read(cluster.send(asked, hangup).body(), objects);
  }

  WatchStream watch(String version, Duration timeout, Duration longest)
      throws InterruptedException {
    ApiRequest request =
        collection()
            .with("watch", "true")
            .with("allowWatchBookmarks", "true")
            .with("timeoutSeconds", Long.toString(timeout.toSeconds()));
    ApiRequest asked = version.isEmpty() ? request : request.with("resourceVersion", version);
    OpenAnswer answer = cluster.open(asked, longest, hangup);
    return new WatchStream(answer, objects);
  }

  /** Throws when the mirror was told to stop: what failed then is no fault of the cluster. */
  void checkStopped() throws InterruptedException {
    hangup.check();
  }

  private ApiRequest collection() {
    ApiRequest request = ApiRequest.get(type.path(""));
    for (Map.Entry<String, String> parameter : query.parameters().entrySet()) {
      request = request.with(parameter.getKey(), parameter.getValue());
    }
    return request;
  }

  @Override
  public String toString() {
    return cluster.name() + " " + type.resource();
  }
}
