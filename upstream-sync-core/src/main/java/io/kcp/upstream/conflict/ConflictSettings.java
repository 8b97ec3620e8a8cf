package io.kcp.upstream.conflict;

import io.kcp.upstream.discovery.ConflictPolicy;
import io.kcp.upstream.spi.ConflictStrategy;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who decides.
 *
 * @param workspace its path, or its server's address, for records
 * @param manager our field manager
 * @param strategies all that may be named; see {@link BuiltInStrategies}
 */
public record ConflictSettings(
    String workspace,
    String syncTarget,
    String manager,
    ConflictPolicy policy,
    Map<String, ConflictStrategy> strategies) {
  /** The built-in strategies are among {@code strategies} in any case. */
  public ConflictSettings {
    Map<String, ConflictStrategy> all = new LinkedHashMap<>(strategies);
    all.putAll(BuiltInStrategies.byName());
    strategies = Map.copyOf(all);
  }
}
