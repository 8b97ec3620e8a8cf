package io.kcp.upstream.status;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.sync.WorkKey;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.SyncKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the workspace refused to be said: our condition on a type, as long as its schema stays; or
 * anything on one object. The rest of the object matters more. Safe for any thread.
 */
final class RefusedWords {
  private static final Logger LOG = LoggerFactory.getLogger(CopyReports.class);

  private final Map<GroupResource, MergeSchema> conditions = new ConcurrentHashMap<>();
  private final Set<WorkKey> objects = ConcurrentHashMap.newKeySet();

  void condition(Desired desired) {
    MergeSchema schema = desired.type().schema();
    if (conditions.put(desired.type().resource(), schema) != schema) {
      LOG.warn(
          "{}: the workspace refuses our condition {}: health is said by the annotation alone",
          desired.type().resource(),
          CopyWords.CONDITION);
    }
  }

  void words(WorkKey key) {
    if (objects.add(key)) {
      LOG.warn("{}: the workspace refuses our annotations: it is kept without them", key);
    }
  }

  /** The desired form with what is said on it and not refused. */
  Desired rest(WorkKey key, Desired desired, Optional<HealthState> state, Optional<Tally> tally) {
    Map<String, String> annotations = new LinkedHashMap<>();
    if (!objects.contains(key)) {
      tally.ifPresent(all -> annotations.put(SyncKeys.ROLLUP, RollupText.of(all)));
      state.ifPresent(now -> annotations.put(SyncKeys.HEALTH, CopyWords.health(now)));
    }
    Desired annotated = CopyWords.annotated(desired, annotations);
    boolean taken = conditions.get(desired.type().resource()) != desired.type().schema();
    return state
        .filter(now -> taken)
        .map(now -> CopyWords.conditioned(annotated, CopyWords.condition(now)))
        .orElse(annotated);
  }

  void forget(WorkKey key) {
    objects.remove(key);
  }
}
