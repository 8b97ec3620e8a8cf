package io.kcp.upstream.sync;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Decisions whose write was refused as the copy had changed. It may have changed by that very
 * write: a client repeats a request whose answer was lost. Which fields are asked about again
 * tells. Safe for any thread.
 */
final class LostAnswers {
  private final Map<WorkKey, List<ConflictRecord>> refused = new ConcurrentHashMap<>();

  void refused(WorkKey key, List<ConflictRecord> decided) {
    refused.put(key, decided);
  }

  /** What was decided before and is not asked again: it had been written. */
  List<ConflictRecord> written(WorkKey key, List<ConflictRecord> asked) {
    List<ConflictRecord> before = refused.remove(key);
    if (before == null) {
      return List.of();
    }
    Set<FieldPath> again = asked.stream().map(ConflictRecord::field).collect(Collectors.toSet());
    return before.stream().filter(record -> !again.contains(record.field())).toList();
  }

  void forget(WorkKey key) {
    refused.remove(key);
  }
}
