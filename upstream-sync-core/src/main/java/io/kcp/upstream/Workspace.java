package io.kcp.upstream;

import io.kcp.upstream.wire.ClusterEndpoint;
import io.kubernetes.client.openapi.ApiClient;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The kcp workspace, or plain API server, that resources are pulled up into. Immutable: each {@code
 * with} gives another instance, with limits of its own.
 */
public final class Workspace {
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(:[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final ApiClient client;
  private final String path;
  private final SyncerConfig.Limits limits;
  private final Supplier<ApiClient> renewal;
  private final SharedEndpoint endpoint;

  private Workspace(
      ApiClient client, String path, SyncerConfig.Limits limits, Supplier<ApiClient> renewal) {
    this.client = client;
    this.path = path;
    this.limits = limits;
    this.renewal = renewal;
    String prefix = path.isEmpty() ? "" : "/clusters/" + path;
    this.endpoint = new SharedEndpoint("workspace", client, prefix, limits, renewal);
  }

  /** What {@code client} points to as it is. It is read, never changed and never closed. */
  public static Workspace of(ApiClient client) {
    return new Workspace(client, "", SyncerConfig.Limits.defaults(), () -> client);
  }

  /**
   * One workspace of a kcp server.
   *
   * @param kcp points to the server itself, not to one of its workspaces
   * @param path of the workspace, such as {@code root:org:ws}, or the name of its logical cluster
   */
  public static Workspace of(ApiClient kcp, String path) {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "workspace is \""
              + path
              + "\"; it must be a path such as root:org:ws, or a logical cluster's name");
    }
    if (kcp.getBasePath().contains("/clusters/")) {
      throw new IllegalArgumentException(
          "the client's address is "
              + kcp.getBasePath()
              + ", a workspace already; leave out the path "
              + path);
    }
    return new Workspace(kcp, path, SyncerConfig.Limits.defaults(), () -> kcp);
  }

  public Workspace with(SyncerConfig.Limits other) {
    return new Workspace(client, path, other, renewal);
  }

  /**
   * {@code afterA401} is asked once after each 401; it may read credentials again, on a thread of
   * the syncer.
   */
  public Workspace renewedBy(Supplier<ApiClient> afterA401) {
    return new Workspace(client, path, limits, afterA401);
  }

  ClusterEndpoint endpoint(SyncerConfig.Timeouts timeouts) {
    return endpoint.get(timeouts.request());
  }

  /**
   * The path it was made with, else what the client's address says after {@code /clusters/}, else
   * "".
   */
  String path() {
    String base = client.getBasePath();
    int at = base.indexOf("/clusters/");
    return !path.isEmpty() || at < 0 ? path : base.substring(at + "/clusters/".length());
  }
}
