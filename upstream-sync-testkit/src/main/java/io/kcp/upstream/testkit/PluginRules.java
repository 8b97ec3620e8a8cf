package io.kcp.upstream.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What holds for every kind of plug-in. */
final class PluginRules {
  private static final int THREADS = 8;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
  private static final Pattern NAME =
      Pattern.compile("(" + LABEL + "(\\." + LABEL + ")*/)?" + LABEL);

  private PluginRules() {}

  /** The name is {@code [domain/]dns-label}, and the same for each instance. */
  static void checkName(String name, String ofAnother) {
    assertTrue(
        NAME.matcher(name).matches(),
        () -> "name: '%s' is not [domain/]dns-label, as acme.example.com/mine".formatted(name));
    assertEquals(name, ofAnother, "another instance has another name");
  }

  /** Many threads at once get what one alone gets. */
  static <T> void checkThreads(Supplier<T> work) {
    T alone = work.get();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    Callable<T> together =
        () -> {
          start.await();
          return work.get();
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<T>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        results.add(threads.submit(together));
      }
      for (Future<T> result : results) {
        assertEquals(alone, result.get(), "called by several threads, it answers otherwise");
      }
    } catch (ExecutionException e) {
      fail("called by several threads, it throws", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Fails where nothing would be checked. */
  static <T> List<T> notEmpty(List<T> samples) {
    assertTrue(!samples.isEmpty(), "samples() is empty: there is nothing to check");
    return samples;
  }
}
