package io.kcp.upstream.testkit.apply;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps {@code metadata.managedFields} true to what writes did. */
public final class ManagedFields {
  private ManagedFields() {}

  /**
   * Returns {@code updated} with the managed fields that a create, PUT or PATCH (not apply) leaves:
   * changed and added paths go to the manager's Update entry and leave all others, removed paths
   * leave every entry. To be called with the defaulted and normalised object, before the server
   * fills in what no writer owns (cluster IPs, generation, resourceVersion, ...).
   *
   * @param live the stored object, null on create; it is never changed
   * @param updated the object as written; its own managedFields count as the server lets them
   *     count: ignored on create and where they are absent or broken, wiped by a single empty entry
   */
  public static Map<String, Object> afterUpdate(
      @Nullable Map<String, Object> live,
      Map<String, Object> updated,
      Manager manager,
      Schema schema,
      Instant now) {
    return Stub.value();
  }

  /**
   * Returns {@code live} itself when {@code updated} differs from it in nothing but the times of
   * managed fields (such a write changes nothing: no new resourceVersion, no event), else {@code
   * updated}. To be called last, right before the object is stored.
   */
  public static Map<String, Object> liveIfUnchanged(
      Map<String, Object> live, Map<String, Object> updated) {
    return Stub.value();
  }
}
