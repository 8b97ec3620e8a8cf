package com.example.plugins;

import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.testkit.ConflictStrategyContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** The strategy as a host finds it: by its service file, in the jar that was built. */
class HighestWinsJarIT extends ConflictStrategyContract {
  private URLClassLoader loader;

  @Override
  protected ConflictStrategy strategy() {
    try {
      if (loader == null) {
        loader = new PluginLoader(jar());
      }
      return ServiceLoader.load(ConflictStrategy.class, loader).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    if (loader != null) {
      loader.close();
    }
  }

  private static URL jar() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      Path jar =
          built
              .filter(file -> file.getFileName().toString().matches("example-.*[0-9T]\\.jar"))
              .findFirst()
              .orElseThrow(() -> new IOException("target/ has no jar: run mvn package first"));
      return jar.toUri().toURL();
    }
  }

  /** Knows the API; the plug-in's classes come from the jar alone. */
  private static final class PluginLoader extends URLClassLoader {
    PluginLoader(URL jar) {
      super(new URL[] {jar}, ConflictStrategy.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith("com.example.plugins.")) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    public java.util.Enumeration<URL> getResources(String name) throws IOException {
      return findResources(name);
    }
  }
}
