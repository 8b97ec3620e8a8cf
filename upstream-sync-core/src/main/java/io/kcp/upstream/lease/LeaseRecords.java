package io.kcp.upstream.lease;

import io.kcp.upstream.spi.ObjectTree;
import io.kubernetes.client.extended.leaderelection.LeaderElectionRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Date;
import java.util.Optional;

/** The client's record and a Lease's spec, one into the other. */
@SuppressWarnings("JavaUtilDate") // the record's own type
final class LeaseRecords {
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private LeaseRecords() {}

  static LeaderElectionRecord read(ObjectTree lease) {
    LeaderElectionRecord record = new LeaderElectionRecord();
    record.setHolderIdentity(lease.string("spec.holderIdentity").orElse(""));
    record.setLeaseDurationSeconds((int) lease.integer("spec.leaseDurationSeconds").orElse(0));
    record.setLeaderTransitions((int) lease.integer("spec.leaseTransitions").orElse(0));
    time(lease.string("spec.acquireTime")).ifPresent(record::setAcquireTime);
    time(lease.string("spec.renewTime")).ifPresent(record::setRenewTime);
    return record;
  }

  /** {@code lease} with the record as its spec; other fields stay. */
  static ObjectTree write(LeaderElectionRecord record, ObjectTree lease) {
    ObjectTree written =
        lease
            .with("spec.leaseDurationSeconds", record.getLeaseDurationSeconds())
            .with("spec.leaseTransitions", record.getLeaderTransitions())
            .with("spec.acquireTime", text(record.getAcquireTime()))
            .with("spec.renewTime", text(record.getRenewTime()));
    String holder = record.getHolderIdentity();
    return holder.isEmpty() // nobody: an empty text is refused by newer servers
        ? written.without("spec.holderIdentity")
        : written.with("spec.holderIdentity", holder);
  }

  private static Optional<Date> time(Optional<String> text) {
    try {
      return text.map(Instant::parse).map(Date::from);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // it tells people when; nothing is decided by it
    }
  }

  private static String text(Date time) {
    return MICRO_TIME.format(time.toInstant());
  }
}
