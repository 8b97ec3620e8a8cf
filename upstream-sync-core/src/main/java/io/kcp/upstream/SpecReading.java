package io.kcp.upstream;

import io.kcp.upstream.conflict.BuiltInStrategies;
import io.kcp.upstream.discovery.Selection;
import io.kcp.upstream.spi.ObjectTree;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads a SyncTarget's spec with the plug-ins' names at hand. */
final class SpecReading {
  private final Plugins plugins;

  SpecReading(Plugins plugins) {
    this.plugins = plugins;
  }

  /** Throws {@link io.kcp.upstream.discovery.InvalidSpecException}. */
  Selection read(ObjectTree target) {
    Set<String> strategies = new LinkedHashSet<>(BuiltInStrategies.byName().keySet());
    strategies.addAll(plugins.strategies().keySet());
    return Selection.of(target, strategies, plugins.transformers().keySet());
  }
}
