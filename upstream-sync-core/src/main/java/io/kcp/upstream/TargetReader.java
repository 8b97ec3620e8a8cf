package io.kcp.upstream;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the SyncTarget at the start, and says plainly why when it can't. */
final class TargetReader {
  static final String PATH = "/apis/workload.kcp.io/v1alpha1/synctargets";
  private static final Logger LOG = LoggerFactory.getLogger(TargetReader.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final ClusterEndpoint workspace;
  private final String workspacePath;
  private final String name;

  TargetReader(ClusterEndpoint workspace, String workspacePath, String name) {
    this.workspace = workspace;
    this.workspacePath = workspacePath;
    this.name = name;
  }

  /**
   * Tries until it is read or {@code limit} has passed.
   *
   * @throws SyncException CONFIGURATION when trying again would not help, TRANSIENT after the limit
   */
  ObjectTree read(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long wait = Duration.ofMillis(250).toNanos();
    for (int tries = 1; ; tries++) {
      try {
        return workspace.send(ApiRequest.get(PATH + "/" + name)).object();
      } catch (RequestException e) {
        if (!mayPass(e)) {
          throw explained(e);
        }
        long pause = Math.max(wait, e.retryAfter().toNanos());
        if (System.nanoTime() + pause > deadline) {
          throw unreachable(tries, e);
        }
        LOG.warn(
            "workspace {}: try {} failed, the next is in {} ms: {}",
            workspace.address(),
            tries,
            TimeUnit.NANOSECONDS.toMillis(pause),
            e.getMessage());
        TimeUnit.NANOSECONDS.sleep(pause);
        wait = Math.min(wait * 2, LONGEST_WAIT.toNanos());
      }
    }
  }

  private static boolean mayPass(RequestException e) {
    // kcp answers 403 "unknown" while it starts up
    return (e.isTransient() && e.code() != 401)
        || (e.code() == 403 && e.serverMessage().endsWith("unknown"));
  }

  private SyncException unreachable(int tries, RequestException last) {
    return new SyncException(
        SyncException.Kind.TRANSIENT,
        null,
        "workspace %s can't be reached after %d tries: %s"
            .formatted(workspace.address(), tries, last.getMessage()),
        last);
  }

  private SyncException explained(RequestException e) {
    return new SyncException(SyncException.Kind.CONFIGURATION, null, explanation(e), e);
  }

  private String explanation(RequestException e) {
    String at = workspace.address();
    if (e.code() == 401) {
      return "workspace %s refuses the credentials (401): renew them".formatted(at);
    }
    if (e.code() == 403 && e.serverMessage().contains("inactive")) {
      return "workspace %s is inactive: %s".formatted(at, e.serverMessage());
    }
    if (e.code() == 403) {
      return "SyncTarget \"%s\" may not be read in workspace %s: grant get on synctargets.workload.kcp.io (%s)"
          .formatted(name, at, e.serverMessage());
    }
    if (e.code() != 404) {
      return "workspace %s: %s".formatted(at, e.getMessage());
    }
    if (e.saysNotFound(name)) {
      return "SyncTarget \"%s\" does not exist in workspace %s: create it, or name another"
          .formatted(name, at);
    }
    if (e.status()
        .flatMap(status -> status.string("details.kind"))
        .filter("workspaces"::equals)
        .isPresent()) {
      return "workspace \"%s\" does not exist at %s: %s"
          .formatted(workspacePath, at, e.serverMessage());
    }
    return ("workspace %s does not serve SyncTargets: install the CRD with"
            + " kubectl apply --server-side -f workload.kcp.io_synctargets.yaml"
            + " (the file is in upstream-sync-api under crds/)")
        .formatted(at);
  }
}
