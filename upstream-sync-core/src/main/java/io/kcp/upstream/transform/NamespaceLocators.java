package io.kcp.upstream.transform;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code namespaceMapping.type: Locator}: each physical namespace says in its annotation {@link
 * SyncKeys#NAMESPACE_LOCATOR} where it belongs. Told of namespaces by whoever watches them; safe
 * for use by many threads (guarded by this).
 */
public final class NamespaceLocators implements NamespaceMapping {
  private final Set<String> workspaceNames;
  private final Map<String, String> upstream = new HashMap<>();

  /** Where two physical namespaces name the same one, the first by name has it. */
  private final Map<String, TreeSet<String>> physical = new TreeMap<>();

  /**
   * For one workspace.
   *
   * @param workspaceNames how locators may call our workspace: its logical cluster, its path
   */
  public NamespaceLocators(Set<String> workspaceNames) {
    this.workspaceNames = Set.copyOf(workspaceNames);
  }

  /** Whether the locator is JSON that names a workspace and a namespace. */
  public static boolean isReadable(String locator) {
    return read(locator).filter(read -> !namespace(read).isEmpty()).isPresent();
  }

  /**
   * Notes a namespace's locator, null when it has none or is gone. Returns whether the namespace
   * belongs elsewhere than before, so that the objects in it must be looked at again.
   */
  public synchronized boolean put(String namespace, @Nullable String locator) {
    Optional<String> target =
        Optional.ofNullable(locator)
            .flatMap(NamespaceLocators::read)
            .filter(read -> workspaceNames.contains(read.string("cluster").orElse("")))
            .map(NamespaceLocators::namespace)
            .filter(name -> !name.isEmpty());
    String before = upstream.get(namespace);
    if (Optional.ofNullable(before).equals(target)) {
      return false;
    }
    if (before != null) {
      forget(namespace, before);
    }
    target.ifPresent(name -> note(namespace, name));
    return true;
  }

  private void note(String namespace, String target) {
    upstream.put(namespace, target);
    physical.computeIfAbsent(target, name -> new TreeSet<>()).add(namespace);
  }

  private void forget(String namespace, String target) {
    upstream.remove(namespace);
    TreeSet<String> sources = physical.get(target);
    if (sources != null && sources.remove(namespace) && sources.isEmpty()) {
      physical.remove(target);
    }
  }

  @Override
  public synchronized Optional<String> toUpstream(String namespace) {
    if (namespace.isEmpty()) {
      return Optional.of("");
    }
    return Optional.ofNullable(upstream.get(namespace))
        .filter(target -> toPhysical(target).filter(namespace::equals).isPresent());
  }

  @Override
  public synchronized Optional<String> toPhysical(String namespace) {
    if (namespace.isEmpty()) {
      return Optional.of("");
    }
    return Optional.ofNullable(physical.get(namespace)).map(TreeSet::first);
  }

  private static String namespace(ObjectTree locator) {
    return locator.asMap().get("namespace") instanceof String name ? name : "";
  }

  /** Empty for what is no JSON object: {@link #isReadable} tells the user. */
  private static Optional<ObjectTree> read(String locator) {
    try {
      return Optional.of(ObjectTree.of(Json.readObject(locator.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
