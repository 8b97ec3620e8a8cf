package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.real.Assets;
import io.kcp.upstream.testkit.real.Controllers;
import io.kcp.upstream.testkit.real.RealBackend;

/** The real backend behind the HTTP layer. */
final class RealServer extends Surface implements RealApiServer.Started {
  private final RealBackend backend;
  private final ApiServer server;

  private RealServer(RealBackend backend, ApiServer server) {
    super(server, "", server::close);
    this.backend = backend;
    this.server = server;
  }

  static RealServer start(Controllers controllers) {
    RealBackend backend = RealBackend.start(Assets.find(), controllers);
    RealServer started = new RealServer(backend, new ApiServer(backend));
    try {
      started.installCrds();
      return started;
    } catch (RuntimeException | AssertionError e) {
      started.close();
      throw e;
    }
  }

  ApiServer server() {
    return server;
  }

  @Override
  public void kill() {
    backend.kill();
  }

  @Override
  public void revive() {
    backend.revive();
  }
}
