package io.kcp.upstream.testkit;

import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** In-memory servers; those of which a workspace is asked for somewhere serve as kcp does. */
final class MemoryServers extends Servers {
  private final Set<String> kcp;

  private MemoryServers(Set<String> kcp) {
    this.kcp = kcp;
  }

  /** For a test of this class, nested and enclosing classes, and parents included. */
  static MemoryServers of(Class<?> testClass) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    collect(testClass, classes);
    Set<String> kcp = new LinkedHashSet<>();
    classes.stream()
        .flatMap(MemoryServers::executables)
        .flatMap(executable -> Arrays.stream(executable.getParameters()))
        .flatMap(parameter -> cluster(parameter).stream())
        .filter(cluster -> !cluster.workspace().isEmpty())
        .forEach(cluster -> kcp.add(cluster.value()));
    return new MemoryServers(kcp);
  }

  private static Stream<Executable> executables(Class<?> type) {
    return Stream.concat(
        Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()));
  }

  private static List<Cluster> cluster(Parameter parameter) {
    return Arrays.asList(parameter.getAnnotationsByType(Cluster.class));
  }

  private static void collect(@Nullable Class<?> type, Set<Class<?>> classes) {
    if (type == null || type == Object.class || !classes.add(type)) {
      return;
    }
    collect(type.getSuperclass(), classes);
    if (type.isAnnotationPresent(Nested.class)) {
      collect(type.getEnclosingClass(), classes);
    }
    for (Class<?> member : type.getDeclaredClasses()) {
      if (member.isAnnotationPresent(Nested.class)) {
        collect(member, classes);
      }
    }
  }

  @Override
  TestCluster get(Cluster asked) {
    String name = asked.value();
    TestCluster whole = server(name, () -> InMemoryServer.host(kcp.contains(name)));
    return asked.workspace().isEmpty()
        ? whole
        : ((InMemoryServer) whole).workspaceMadeIfAbsent(asked.workspace());
  }
}
