package io.kcp.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Core where nobody put the optional Micrometer on the class path. */
class WithoutMicrometerTest {
  private final URLClassLoader bare = bare();

  @AfterEach
  void close() throws IOException {
    bare.close();
  }

  @Test
  void everyClassButOneLoadsAndLinks() throws Exception {
    List<String> names = names();
    assertThat(names).contains(Engine.class.getName(), MicrometerMeters.class.getName());

    for (String name : names) {
      if (!name.startsWith(MicrometerMeters.class.getName())) {
        Class<?> loaded = Class.forName(name, true, bare);
        assertThat(loaded.getClassLoader()).isSameAs(bare);
        assertThat(loaded.getDeclaredMethods()).isNotNull(); // resolves all signatures
        assertThat(loaded.getDeclaredConstructors()).isNotNull();
        assertThat(loaded.getDeclaredFields()).isNotNull();
      }
    }
    assertThatThrownBy(
            () -> Class.forName(MicrometerMeters.class.getName(), true, bare).getDeclaredMethods())
        .as("the loader hides it")
        .isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void aRuntimeWithoutMetersOpensAndCloses() throws Exception {
    Class<?> type = bare.loadClass(SyncRuntime.class.getName());
    Object builder = type.getMethod("builder").invoke(null);
    Method build = bare.loadClass(SyncRuntime.Builder.class.getName()).getMethod("build");

    try (AutoCloseable runtime = (AutoCloseable) build.invoke(builder)) {
      assertThat(runtime.getClass().getClassLoader()).isSameAs(bare);
    }
  }

  private static List<String> names() throws Exception {
    Path root =
        Path.of(SyncRuntime.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("-info"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .map(file -> file.replace(File.separatorChar, '.'))
          .toList();
    }
  }

  private static URLClassLoader bare() {
    URL[] rest =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("micrometer"))
            .map(entry -> url(Path.of(entry).toUri()))
            .toArray(URL[]::new);
    return new URLClassLoader(rest, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(URI uri) {
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(e);
    }
  }
}
