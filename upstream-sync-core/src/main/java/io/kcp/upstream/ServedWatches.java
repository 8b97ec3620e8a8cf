package io.kcp.upstream;

import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.mirror.DiscoveryWatch;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.util.ArrayList;
import java.util.List;

/** Notices on both sides, from the first look on, when other resources may be served. */
final class ServedWatches {
  private final Setup setup;
  private final MirrorSettings settings;
  private final Runnable look;
  private final List<DiscoveryWatch> watches = new ArrayList<>(); // guarded by this
  private boolean stopped;

  ServedWatches(Setup setup, MirrorSettings settings, Runnable look) {
    this.setup = setup;
    this.settings = settings;
    this.look = look;
  }

  /** Begins to watch what tells of new resources, as far as each side serves it; once. */
  synchronized void start(Served below, Served above) {
    if (watches.isEmpty() && !stopped) {
      begin(setup.physical(), below);
      begin(setup.workspace(), above);
    }
  }

  private void begin(ClusterEndpoint cluster, Served served) {
    DiscoveryWatch watch =
        new DiscoveryWatch(cluster, served, settings, setup.runtime().scheduler(), look);
    watches.add(watch);
    watch.start();
  }

  /** For good. */
  synchronized void stop() {
    stopped = true;
    watches.forEach(DiscoveryWatch::close);
  }
}
