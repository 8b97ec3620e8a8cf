package io.kcp.upstream.testkit.contract;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Counts what was checked on which server, and says so once all tests have run. */
final class Checks implements AutoCloseable {
  private final Set<String> inMemory = new TreeSet<>();
  private final Set<String> real = new TreeSet<>();

  static synchronized Checks of(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Checks.class))
        .getOrComputeIfAbsent(Checks.class);
  }

  void add(boolean isReal, String check) {
    (isReal ? real : inMemory).add(check);
  }

  @Override
  public void close() {
    System.out.printf(
        "API server contract: %d checks on the in-memory server, %d on the real one%s%n",
        inMemory.size(),
        real.size(),
        System.getenv("KUBEBUILDER_ASSETS") == null ? " (KUBEBUILDER_ASSETS names none)" : "");
  }
}
