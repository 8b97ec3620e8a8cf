package io.kcp.upstream;

/** Placeholder until the engine is wired. */
public final class UpstreamSyncer implements AutoCloseable {
  UpstreamSyncer() {}

  @Override
  public void close() {}
}
