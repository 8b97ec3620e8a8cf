package io.kcp.upstream;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.kcp.upstream.transform.PluginCalls;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads on which code of others runs: what never returns keeps one of these, and no worker. */
final class PluginThreads implements AutoCloseable {
  private final ExecutorService threads;
  private final PluginCalls calls;

  PluginThreads(Setup setup) {
    this.threads =
        new ThreadPoolExecutor(
            0,
            2 * setup.runtime().workerCount(),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadFactoryBuilder()
                .setDaemon(true)
                .setNameFormat("upstream-sync-plugin-%d")
                .build());
    this.calls = new PluginCalls(threads, setup.config().timeouts().plugin());
  }

  PluginCalls calls() {
    return calls;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
