package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.ObjectTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The CRD of SyncTargets, as the API module ships it. */
final class SyncTargetCrd {
  private static final String RESOURCE = "crds/workload.kcp.io_synctargets.yaml";
  private static final String COLLECTION =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final DirectClient direct;

  SyncTargetCrd(DirectClient direct) {
    this.direct = direct;
  }

  /**
   * Installs it, and returns when SyncTargets are served.
   *
   * @throws IllegalStateException when the server refuses it, or does not serve it in time
   */
  void install() {
    ObjectTree crd = Manifests.objects(text()).get(0);
    DirectClient.Reply reply = direct.send("POST", COLLECTION, "application/json", crd.asMap());
    if (reply.isRefusal() && reply.status() != 409) {
      throw new IllegalStateException("The SyncTarget CRD was not installed: " + reply.refusal());
    }
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (direct.get("/apis/workload.kcp.io/v1alpha1/synctargets").isRefusal()
        || direct.get("/apis/workload.kcp.io/v1alpha1").isRefusal()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "SyncTargets are not served %d s after their CRD was installed"
                .formatted(LIMIT.toSeconds()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a CRD was being installed", e);
    }
  }

  private static String text() {
    try (InputStream in = SyncTargetCrd.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
