package io.kcp.upstream;

import io.kcp.upstream.discovery.NamespaceLabels;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.mirror.Mirror;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.mirror.MirrorListener;
import io.kcp.upstream.mirror.MirrorQuery;
import io.kcp.upstream.mirror.MirrorSettings;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The labels of the physical cluster's namespaces, watched while a selector asks for them. */
final class NamespaceView implements NamespaceLabels, MirrorListener {
  private static final ResourceType NAMESPACES =
      new ResourceType(
          new GroupResource("", "namespaces"),
          "v1",
          "Namespace",
          false,
          Set.of("list", "watch"),
          Set.of("status"));

  private final Map<String, Map<String, String>> labels = new ConcurrentHashMap<>();
  private final Consumer<String> changed;
  private final Mirror mirror;

  /**
   * @param changed told the namespaces whose labels changed
   */
  NamespaceView(ClusterEndpoint physical, MirrorSettings settings, Consumer<String> changed) {
    this.changed = changed;
    this.mirror = new Mirror(physical, NAMESPACES, MirrorQuery.physical(), settings, this);
  }

  void start() {
    mirror.start();
  }

  void stop() {
    mirror.stop();
  }

  boolean hasSynced() {
    return mirror.hasSynced();
  }

  @Override
  public Optional<Map<String, String>> labelsOf(String namespace) {
    return Optional.ofNullable(labels.get(namespace));
  }

  @Override
  public void changed(GroupResource resource, String namespace, String name) {
    Optional<MirrorEntry> entry = mirror.find("", name);
    // A namespace that vanished keeps its labels: what was in it is judged as before it went.
    entry
        .flatMap(MirrorEntry::content)
        .map(ObjectTree::labels)
        .filter(now -> !now.equals(labels.put(name, now)))
        .ifPresent(now -> changed.accept(name));
    entry.ifPresent(MirrorEntry::release);
  }

  @Override
  public void stateChanged(Mirror mirror) {}
}
