package io.kcp.upstream.transform;

/** The labels, annotations and finalizers that the library reads and writes. */
public final class SyncKeys {
  /** Prefix of the ownership label; a SyncTarget's key follows. */
  public static final String STATE_LABEL_PREFIX = "state.workload.kcp.io/";

  public static final String STATE_UPSYNC = "Upsync";

  /** The physical resourceVersion that a copy was made from. */
  public static final String PHYSICAL_VERSION = "workload.kcp.io/rv";

  public static final String PHYSICAL_UID = "upstream.workload.kcp.io/physical-uid";
  public static final String WORKSPACE = "upstream.workload.kcp.io/workspace";
  public static final String BASE = "upstream.workload.kcp.io/base";
  public static final String YIELDED = "upstream.workload.kcp.io/yielded";
  public static final String SETTLED = "upstream.workload.kcp.io/settled";

  /** How the original of a copy does: health, reason, message. */
  public static final String HEALTH = "upstream.workload.kcp.io/health";

  /** How the pods of a copy's original do, counted. */
  public static final String ROLLUP = "upstream.workload.kcp.io/rollup";

  public static final String RELEASE = "upstream.workload.kcp.io/release";
  public static final String SYNC = "upstream.workload.kcp.io/sync";
  public static final String SYNC_DISABLED = "disabled";
  public static final String CONFLICT_STRATEGY = "upstream.workload.kcp.io/conflict-strategy";
  public static final String RESOLVE = "upstream.workload.kcp.io/resolve";
  public static final String NAMESPACE_LOCATOR = "kcp.io/namespace-locator";
  public static final String KCP_CLUSTER = "kcp.io/cluster";

  /** Finalizer on SyncTargets, never on pulled objects. */
  public static final String FINALIZER = "upstream.workload.kcp.io/syncer";

  private static final String DOMAIN = "workload.kcp.io/";

  private SyncKeys() {}

  /** Whether a label or annotation is a syncer's: in {@code workload.kcp.io} or a part of it. */
  public static boolean isOwn(String key) {
    return key.startsWith(DOMAIN)
        || (key.indexOf('/') >= 0 && key.substring(0, key.indexOf('/') + 1).endsWith("." + DOMAIN));
  }
}
