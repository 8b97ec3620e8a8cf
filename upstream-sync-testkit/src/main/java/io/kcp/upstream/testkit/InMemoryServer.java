package io.kcp.upstream.testkit;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The in-memory backend behind the HTTP layer. */
final class InMemoryServer {
  private InMemoryServer() {}

  static final class Settings implements InMemoryApiServer.Builder {
    private boolean kcp;
    private final List<String> workspaces = new ArrayList<>();
    private Clock clock = Clock.systemUTC();

    @Override
    public InMemoryApiServer.Builder kcp(boolean servesAsKcpDoes) {
      kcp = servesAsKcpDoes;
      return this;
    }

    @Override
    public InMemoryApiServer.Builder workspace(String path) {
      kcp = true;
      workspaces.add(path);
      return this;
    }

    @Override
    public InMemoryApiServer.Builder clock(Clock clock) {
      this.clock = clock;
      return this;
    }

    @Override
    public InMemoryApiServer start() {
      throw new UnsupportedOperationException("not built yet: " + kcp + workspaces + clock);
    }
  }
}
