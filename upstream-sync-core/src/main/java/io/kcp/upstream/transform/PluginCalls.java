package io.kcp.upstream.transform;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls code of others, and waits for it no longer than a limit. One that is late is interrupted;
 * if it does not heed that, it keeps its thread and no worker of ours.
 */
public final class PluginCalls {
  private final ExecutorService threads;
  private final Duration limit;

  /**
   * Calls on these threads.
   *
   * @param threads bounded; hands a call to a free thread or rejects it, and never queues it.
   *     Closed by the caller
   */
  public PluginCalls(ExecutorService threads, Duration limit) {
    this.threads = threads;
    this.limit = limit;
  }

  /**
   * What the call returns. Throws {@link TimeoutException} when it is late, or when late ones hold
   * every thread; {@link ExecutionException} with what the call threw.
   */
  public <T> T call(Callable<T> call)
      throws TimeoutException, ExecutionException, InterruptedException {
    Future<T> answer = submit(call);
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new TimeoutException("no answer within " + limit.toMillis() + " ms");
    } finally {
      answer.cancel(true);
    }
  }

  private <T> Future<T> submit(Callable<T> call) throws TimeoutException {
    try {
      return threads.submit(call);
    } catch (RejectedExecutionException e) {
      throw new TimeoutException("every thread for plug-ins is held by a call that does not end");
    }
  }
}
