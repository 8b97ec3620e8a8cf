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
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.transform.NamespaceLocator;
import io.kcp.upstream.transform.NamespaceLocators;
import io.kcp.upstream.transform.NamespaceLocators.Moved;
import io.kcp.upstream.transform.SyncKeys;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of both sides, as far as their labels and annotations say what is to become of
 * what is in them.
 */
final class NamespaceView implements NamespaceLabels {
  private static final ResourceType NAMESPACES =
      new ResourceType(
          new GroupResource("", "namespaces"),
          "v1",
          "Namespace",
          false,
          Set.of("list", "watch"),
          Set.of("status"));

  /** Who is told, on a mirror's thread, once all that there was at first is known. */
  interface Audience {
    /** Something else may be to be done with what is in these namespaces. */
    void changed(Set<String> physical, Set<String> upstream);

    /** The first list of a side came, or its state is another. */
    void stateChanged();
  }

  /** What counts of one namespace. */
  private record Seen(Map<String, String> labels, boolean frozen, @Nullable String locator) {
    static Seen of(ObjectTree namespace) {
      Map<String, String> annotations = namespace.annotations();
      return new Seen(
          namespace.labels(),
          SyncKeys.SYNC_DISABLED.equals(annotations.get(SyncKeys.SYNC)),
          annotations.get(SyncKeys.NAMESPACE_LOCATOR));
    }
  }

  private final Map<String, Seen> physical = new ConcurrentHashMap<>();
  private final Map<String, Seen> upstream = new ConcurrentHashMap<>();
  private final Audience audience;
  private final Mirror below;
  private final Mirror above;
  private volatile boolean labelsCount;
  private volatile @Nullable NamespaceLocators locators;
  private NamespaceLocator.@Nullable Owner owner; // guarded by this

  NamespaceView(Setup setup, MirrorSettings settings, Audience audience) {
    this.audience = audience;
    this.below =
        new Mirror(
            setup.physical(),
            NAMESPACES,
            new MirrorQuery("", "", false, false),
            settings,
            new Listener(Side.PHYSICAL, this::physicalChanged));
    this.above =
        new Mirror(
            setup.workspace(),
            NAMESPACES,
            new MirrorQuery("", "", false, false),
            settings,
            new Listener(Side.UPSTREAM, this::upstreamChanged));
  }

  /** Begins to watch, the first time. */
  void start(boolean whetherLabelsCount) {
    labelsCount = whetherLabelsCount;
    below.start();
    above.start();
  }

  void stop() {
    below.stop();
    above.stop();
  }

  /** Whether all that can be known is; who may not list namespaces can't be asked to heed them. */
  boolean isReady() {
    NamespaceLocators mapping = locators;
    if (mapping != null && below.hasSynced()) {
      mapping.complete(); // before what nobody names is looked at
    }
    return isReady(below) && isReady(above);
  }

  private static boolean isReady(Mirror mirror) {
    return mirror.hasSynced()
        || mirror.state() == Mirror.State.FORBIDDEN
        || mirror.state() == Mirror.State.NOT_SERVED;
  }

  /** The mapping by locators that are {@code whose}; the same as long as that is the same. */
  synchronized NamespaceLocators locators(NamespaceLocator.Owner whose) {
    NamespaceLocators now = locators;
    if (now == null || !whose.equals(owner)) {
      owner = whose;
      now = new NamespaceLocators(whose);
      locators = now;
      NamespaceLocators fresh = now;
      physical.forEach((name, seen) -> fresh.put(name, seen.locator()));
      if (below.hasSynced()) {
        now.complete();
      }
    }
    return now;
  }

  @Override
  public Optional<Map<String, String>> labelsOf(String namespace) {
    return Optional.ofNullable(physical.get(namespace)).map(Seen::labels);
  }

  @Override
  public boolean isFrozen(Side side, String namespace) {
    Seen seen = (side == Side.PHYSICAL ? physical : upstream).get(namespace);
    return seen != null && seen.frozen();
  }

  private void physicalChanged(String name, Optional<ObjectTree> namespace) {
    NamespaceLocators mapping = locators;
    if (namespace.isEmpty()) {
      // A namespace that vanished is judged as before: what was in it went with it.
      tell(mapping == null ? Moved.NOTHING : mapping.gone(name), below);
      return;
    }
    Seen now = Seen.of(namespace.get());
    Seen before = physical.put(name, now);
    Moved moved = mapping == null ? Moved.NOTHING : mapping.put(name, now.locator());
    boolean labels = labelsCount && (before == null || !before.labels().equals(now.labels()));
    boolean frozen = before != null && before.frozen() != now.frozen();
    tell(labels || frozen ? new Moved(Set.of(name), Set.of()) : Moved.NOTHING, below);
    tell(moved, below);
  }

  private void upstreamChanged(String name, Optional<ObjectTree> namespace) {
    Seen before = upstream.get(name);
    boolean frozen = namespace.map(Seen::of).filter(Seen::frozen).isPresent();
    if (namespace.isEmpty()) {
      upstream.remove(name);
    } else {
      upstream.put(name, Seen.of(namespace.get()));
    }
    if (before != null && before.frozen() != frozen) {
      tell(new Moved(Set.of(), Set.of(name)), above);
    }
  }

  private void tell(Moved moved, Mirror mirror) {
    if (mirror.hasSynced() && !moved.equals(Moved.NOTHING)) {
      audience.changed(moved.physical(), moved.upstream());
    }
  }

  private interface Change {
    void changed(String name, Optional<ObjectTree> namespace);
  }

  private final class Listener implements MirrorListener {
    private final Side side;
    private final Change change;

    Listener(Side side, Change change) {
      this.side = side;
      this.change = change;
    }

    @Override
    public void changed(GroupResource resource, String namespace, String name) {
      Mirror mirror = side == Side.PHYSICAL ? below : above;
      Optional<MirrorEntry> entry = mirror.find("", name);
      change.changed(name, entry.flatMap(MirrorEntry::content));
      entry.ifPresent(MirrorEntry::release);
    }

    @Override
    public void stateChanged(Mirror mirror) {
      audience.stateChanged();
    }
  }
}
