package io.kcp.upstream;

import com.google.common.base.CaseFormat;
import io.kcp.upstream.spi.Change;
import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.Side;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conflicts that a SyncTarget's status remembers from an earlier process; without values. */
final class RecentConflicts {
  private static final Logger LOG = LoggerFactory.getLogger(RecentConflicts.class);

  private RecentConflicts() {}

  /**
   * Newest first; what can't be read is passed over, as anybody may write a status.
   *
   * @param workspace as records name it
   * @param upstream the copy's key, empty where nothing is pulled to by now
   */
  static List<ConflictRecord> of(
      ObjectTree target, String workspace, Function<ObjectKey, Optional<ObjectKey>> upstream) {
    List<ConflictRecord> records = new ArrayList<>();
    for (ObjectTree recent : target.items("status.upstreamSync.conflicts.recent")) {
      try {
        ObjectKey physical =
            new ObjectKey(
                Side.PHYSICAL,
                new GroupResource(
                    recent.string("group").orElse(""), recent.string("resource").orElseThrow()),
                recent.string("namespace").orElse(""),
                recent.string("name").orElseThrow());
        upstream
            .apply(physical)
            .ifPresent(
                copy -> records.add(record(recent, target.name(), workspace, physical, copy)));
      } catch (IllegalArgumentException | NoSuchElementException | DateTimeParseException e) {
        LOG.debug("SyncTarget {}: a conflict in its status can't be read", target.name());
      }
    }
    return records;
  }

  private static ConflictRecord record(
      ObjectTree recent, String syncTarget, String workspace, ObjectKey physical, ObjectKey copy) {
    Set<String> managers = new HashSet<>();
    if (recent.asMap().get("otherManagers") instanceof List<?> list) {
      list.forEach(manager -> managers.add(String.valueOf(manager)));
    }
    return new ConflictRecord(
        Instant.parse(recent.string("time").orElseThrow()),
        workspace,
        syncTarget,
        physical,
        copy,
        FieldPath.parse(recent.string("field").orElseThrow()),
        Change.valueOf(constant(recent.string("physicalChange").orElse("Unknown"))),
        Change.valueOf(constant(recent.string("upstreamChange").orElse("Unknown"))),
        null,
        null,
        managers,
        ConflictRecord.Outcome.valueOf(constant(recent.string("decision").orElseThrow())),
        recent.string("strategy").orElse(""),
        recent.string("decidedBy").orElse(""),
        "");
  }

  private static String constant(String camel) {
    return CaseFormat.UPPER_CAMEL.to(CaseFormat.UPPER_UNDERSCORE, camel);
  }
}
