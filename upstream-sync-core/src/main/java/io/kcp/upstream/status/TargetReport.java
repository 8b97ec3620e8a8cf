package io.kcp.upstream.status;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.GroupResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the SyncTarget's status is to say.
 *
 * @param generation of the spec that is in force
 * @param physicalClusterUid of the physical cluster; "" before it was reached
 * @param lastContact when the physical cluster last answered; null before it did
 * @param objects counts by the names of {@code status.upstreamSync.objects}
 * @param unresolved fields that wait for a decision
 * @param fights fields that are left alone as they are fought over
 * @param recent conflicts, newest first
 * @param resources one for each selected resource
 * @param conditions one for each type
 * @param workloads how what is pulled up does
 */
public record TargetReport(
    long generation,
    String physicalClusterUid,
    @Nullable Instant lastContact,
    Map<String, Long> objects,
    long unresolved,
    long fights,
    List<ConflictRecord> recent,
    List<Hold> holds,
    List<Resource> resources,
    List<Condition> conditions,
    WorkloadSums workloads) {

  /**
   * How one resource stands.
   *
   * @param version the version synced in; "" when there is none
   * @param state Starting, Synced, Paused, Forbidden, Incompatible, Stale or NotServed
   * @param reason CamelCase; "" when all is well
   * @param physicalVersion the highest resourceVersion seen; "" before the first list
   */
  public record Resource(
      GroupResource resource,
      String version,
      String state,
      String reason,
      String message,
      long selected,
      long synced,
      long failed,
      String physicalVersion) {}

  /**
   * What waits for a person's word.
   *
   * @param id what the release annotation has to name
   * @param type Deletions, PhysicalClusterChanged or PhysicalVersionsWentBack
   * @param examples keys of some of the objects concerned
   */
  public record Hold(
      String id, String type, Instant since, long count, String message, List<String> examples) {
    public Hold {
      examples = List.copyOf(examples);
    }
  }

  public TargetReport {
    objects = Map.copyOf(objects);
    recent = List.copyOf(recent);
    holds = List.copyOf(holds);
    resources = List.copyOf(resources);
    conditions = List.copyOf(conditions);
  }
}
