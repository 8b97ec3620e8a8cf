package io.kcp.upstream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The plug-ins of one kind by name: those given explicitly, then those discovered. */
final class NamedPlugins<T> {
  private static final Pattern NAME =
      Pattern.compile(
          "([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private final String kind;
  private final Function<T, String> nameOf;
  private final Map<String, T> explicit;
  private final Map<String, T> discovered;

  private NamedPlugins(
      String kind, Function<T, String> nameOf, Map<String, T> explicit, Map<String, T> discovered) {
    this.kind = kind;
    this.nameOf = nameOf;
    this.explicit = explicit;
    this.discovered = discovered;
  }

  static <T> NamedPlugins<T> none(String kind, Function<T, String> nameOf) {
    return new NamedPlugins<>(kind, nameOf, Map.of(), Map.of());
  }

  static List<ClassLoader> loaders(ClassLoader... given) {
    if (given.length > 0) {
      return List.of(given);
    }
    List<ClassLoader> loaders = new ArrayList<>();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null) {
      loaders.add(context);
    }
    loaders.add(NamedPlugins.class.getClassLoader());
    return loaders;
  }

  static <T> NamedPlugins<T> discover(
      String kind, Class<T> service, Function<T, String> nameOf, List<ClassLoader> loaders) {
    NamedPlugins<T> none = none(kind, nameOf);
    Map<String, T> found = new LinkedHashMap<>();
    Set<Class<?>> seen = new LinkedHashSet<>();
    for (ClassLoader loader : loaders) {
      for (T plugin : none.load(service, loader)) {
        if (seen.add(plugin.getClass())) {
          none.put(found, plugin);
        }
      }
    }
    return new NamedPlugins<>(kind, nameOf, Map.of(), found);
  }

  private List<T> load(Class<T> service, ClassLoader loader) {
    try {
      return ServiceLoader.load(service, loader).stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError e) {
      throw SyncException.configuration("a " + kind + " can't be loaded: " + e.getMessage());
    }
  }

  private void put(Map<String, T> into, T plugin) {
    String name = nameOf.apply(plugin);
    if (name == null || !NAME.matcher(name).matches()) {
      throw SyncException.configuration(
          "the %s %s has the name \"%s\"; it must be [domain/]dns-label, such as acme.example.com/highest-wins"
              .formatted(kind, plugin.getClass().getName(), name));
    }
    T other = into.putIfAbsent(name, plugin);
    if (other != null) {
      throw SyncException.configuration(
          "the name \"%s\" belongs to two: %s and %s, each a %s; known are %s"
              .formatted(
                  name,
                  other.getClass().getName(),
                  plugin.getClass().getName(),
                  kind,
                  into.keySet()));
    }
  }

  NamedPlugins<T> with(T plugin) {
    Map<String, T> more = new LinkedHashMap<>(explicit);
    put(more, plugin);
    return new NamedPlugins<>(kind, nameOf, more, discovered);
  }

  /** Explicit ones first, in the order given, then the discovered by name. */
  Map<String, T> byName() {
    Map<String, T> all = new LinkedHashMap<>(explicit);
    new TreeMap<>(discovered).forEach(all::putIfAbsent);
    return all;
  }
}
