package io.kcp.upstream.sync;

/**
 * The names under which a syncer owns fields upstream: people read them in their own conflicts.
 *
 * @param status writes {@code /status} and nothing else: two entries of one manager, one per
 *     subresource, would conflict with each other
 */
public record FieldManagers(String main, String status) {
  private static final int LONGEST = 128;
  private static final String STATUS = "-status";

  /**
   * Makes the names.
   *
   * @param targetKey stands for the SyncTarget where its name makes too long a manager
   */
  public static FieldManagers of(String syncTarget, String targetKey) {
    String main = "upstream-sync/" + syncTarget;
    if (main.length() + STATUS.length() > LONGEST) {
      main = "upstream-sync/" + targetKey;
    }
    return new FieldManagers(main, main + STATUS);
  }
}
