package io.kcp.upstream;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.InvalidSpecException;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.transform.TargetKey;
import io.kcp.upstream.wire.RequestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What must be right before a syncer starts: workspace, SyncTarget, spec, two clusters. */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final Setup setup;

  Opening(Setup setup) {
    this.setup = setup;
  }

  /**
   * Asks the workspace, and the physical cluster if it answers.
   *
   * @param writes whether the hash key may be made if it is not there
   * @throws SyncException when it can't be started
   */
  Opened open(boolean writes) throws InterruptedException {
    TargetReader reader =
        new TargetReader(setup.workspace(), setup.workspaceOf().path(), setup.syncTarget());
    ObjectTree target = reader.read(setup.config().timeouts().start());
    String cluster = logicalCluster(target);
    try {
      new SpecReading(setup.plugins()).read(target);
    } catch (InvalidSpecException e) {
      throw new SyncException(
          SyncException.Kind.CONFIGURATION,
          null,
          "SyncTarget \"%s\": %s".formatted(setup.syncTarget(), e.getMessage()),
          e);
    }
    refuseOneServer();
    TargetKey key = TargetKey.of(cluster, setup.syncTarget());
    return new Opened(target, cluster, key, hashKey(writes));
  }

  private byte[] hashKey(boolean writes) throws InterruptedException {
    HashKey kept = new HashKey(setup.workspace(), setup.syncTarget());
    try {
      return writes ? kept.get() : kept.find().orElseGet(HashKey::random);
    } catch (RequestException e) {
      throw refused("the Secret beside the Lease, in namespace default, can't be kept", e);
    }
  }

  private SyncException refused(String what, RequestException e) {
    return new SyncException(
        e.isTransient() ? SyncException.Kind.TRANSIENT : SyncException.Kind.CONFIGURATION,
        null,
        "workspace %s: %s: %s".formatted(setup.workspace().address(), what, e.getMessage()),
        e);
  }

  private String logicalCluster(ObjectTree target) throws InterruptedException {
    String annotated = target.annotations().get(SyncKeys.KCP_CLUSTER);
    if (annotated != null) {
      return annotated;
    }
    try {
      return new DiscoveryClient(setup.workspace()).clusterUid();
    } catch (RequestException e) {
      throw refused("its namespace kube-system, whose UID tells clusters apart, can't be read", e);
    }
  }

  /**
   * A physical cluster that is down can't be told from the workspace yet; the engine asks again.
   */
  private void refuseOneServer() throws InterruptedException {
    if (setup.physical().address().equals(setup.workspace().address())) {
      throw OneServer.exception(setup);
    }
    try {
      if (OneServer.isOne(setup)) {
        throw OneServer.exception(setup);
      }
    } catch (RequestException e) {
      LOG.warn(
          "physical cluster {} does not answer yet: {}",
          setup.physical().address(),
          e.getMessage());
    }
  }
}
