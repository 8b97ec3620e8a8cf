package io.kcp.upstream.status;

import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.health.Assessment;
import io.kcp.upstream.status.health.HealthHold;
import io.kcp.upstream.status.health.HealthMemory;
import io.kcp.upstream.status.health.HealthRules;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.Desired;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges physical objects, and keeps calm where they flap. Logs once what a plug-in did wrong. */
final class Assessor {
  private static final Logger LOG = LoggerFactory.getLogger(CopyReports.class);
  private static final int MOST_FAULTS = 100;

  private final HealthRules rules;
  private final HealthMemory<WorkKey> memory = new HealthMemory<>(HealthHold.defaults());
  private final Set<String> faults = ConcurrentHashMap.newKeySet();

  Assessor(HealthRules rules) {
    this.rules = rules;
  }

  /**
   * What is to be reported.
   *
   * @param last what was
   */
  Assessment assess(
      WorkKey key,
      Optional<Standing> last,
      Desired desired,
      ObjectTree physical,
      HealthContext context) {
    Assessment found = rules.assess(key.resource(), physical, context);
    for (String fault : found.faults()) {
      if (faults.size() < MOST_FAULTS && faults.add(fault)) {
        LOG.warn("{}: {}", key.resource(), fault);
      }
    }
    long generation = desired.origin().generation();
    return memory.report(
        key,
        last.map(standing -> standing.reported(generation)).orElse(null),
        generation,
        found,
        context.now());
  }

  void forget(WorkKey key) {
    memory.forget(key);
  }
}
