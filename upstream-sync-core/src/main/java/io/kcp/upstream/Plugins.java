package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictListener;
import io.kcp.upstream.spi.ConflictStrategy;
import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plug-ins that a syncer may use. Immutable: each {@code with} gives another instance.
 *
 * <p>What is discovered is on offer, not active: a strategy or transformer acts where a SyncTarget
 * names it. A plug-in that is given explicitly beats a discovered one of the same name; apart from
 * that, one name given twice fails with a message that lists the known ones.
 */
public final class Plugins {
  private final List<Transformer> active;
  private final NamedPlugins<Transformer> transformers;
  private final NamedPlugins<ConflictStrategy> strategies;
  private final NamedPlugins<HealthCheck> checks;
  private final List<ConflictListener> listeners;

  private Plugins(
      List<Transformer> active,
      NamedPlugins<Transformer> transformers,
      NamedPlugins<ConflictStrategy> strategies,
      NamedPlugins<HealthCheck> checks,
      List<ConflictListener> listeners) {
    this.active = active;
    this.transformers = transformers;
    this.strategies = strategies;
    this.checks = checks;
    this.listeners = listeners;
  }

  /**
   * What {@link java.util.ServiceLoader} finds by these loaders, or, where none is given, by the
   * thread's context loader and by the library's own. A class that is seen through several loaders
   * counts once. Throws {@link SyncException} of kind CONFIGURATION when a plug-in can't be loaded,
   * has a bad name, or shares its name with another.
   */
  public static Plugins discover(ClassLoader... loaders) {
    List<ClassLoader> used = NamedPlugins.loaders(loaders);
    return new Plugins(
        List.of(),
        NamedPlugins.discover("transformer", Transformer.class, Transformer::name, used),
        NamedPlugins.discover(
            "conflict strategy", ConflictStrategy.class, ConflictStrategy::name, used),
        NamedPlugins.discover("health check", HealthCheck.class, HealthCheck::name, used),
        List.of());
  }

  /** No plug-in but the built-in ones. */
  public static Plugins none() {
    return new Plugins(
        List.of(),
        NamedPlugins.none("transformer", Transformer::name),
        NamedPlugins.none("conflict strategy", ConflictStrategy::name),
        NamedPlugins.none("health check", HealthCheck::name),
        List.of());
  }

  /** The names of all, sorted; built-in ones are not among them. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(transformers.byName().keySet());
    names.addAll(strategies.byName().keySet());
    names.addAll(checks.byName().keySet());
    return names;
  }

  /** Acts on every object of the types that it handles, before those that the SyncTarget names. */
  public Plugins with(Transformer active) {
    return new Plugins(
        append(this.active, active), transformers.with(active), strategies, checks, listeners);
  }

  /** On offer: acts where a SyncTarget or an object names it. */
  public Plugins with(ConflictStrategy strategy) {
    return new Plugins(active, transformers, strategies.with(strategy), checks, listeners);
  }

  /** Asked before those discovered, in the order given. */
  public Plugins with(HealthCheck check) {
    return new Plugins(active, transformers, strategies, checks.with(check), listeners);
  }

  /** Told of every conflict record, on a thread of its own. */
  public Plugins with(ConflictListener listener) {
    return new Plugins(active, transformers, strategies, checks, append(listeners, listener));
  }

  private static <T> List<T> append(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return List.copyOf(longer);
  }

  List<Transformer> active() {
    return active;
  }

  Map<String, Transformer> transformers() {
    return transformers.byName();
  }

  Map<String, ConflictStrategy> strategies() {
    return strategies.byName();
  }

  /** In the order in which they are asked. */
  List<HealthCheck> checks() {
    return List.copyOf(checks.byName().values());
  }

  List<ConflictListener> listeners() {
    return listeners;
  }
}
