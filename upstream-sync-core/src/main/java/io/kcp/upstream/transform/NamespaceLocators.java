package io.kcp.upstream.transform;

import com.google.common.hash.Hashing;
import io.kcp.upstream.spi.ObjectTree;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code namespaceMapping.type: Locator}: each physical namespace says in its annotation {@link
 * SyncKeys#NAMESPACE_LOCATOR} where it belongs. Two that name one place have none: neither may
 * overwrite the other. Told of namespaces by whoever watches them; safe for use by many threads
 * (guarded by this).
 */
public final class NamespaceLocators implements NamespaceMapping {
  private static final Unplaced UNKNOWN =
      new Unplaced(
          Unplaced.Kind.UNKNOWN, "NamespacesNotListed", "its namespace's locator is not known yet");

  /** What one namespace says; one that is gone says what it said, until another takes its place. */
  private record Claim(NamespaceLocator locator, boolean alive) {}

  private final NamespaceLocator.Owner owner;
  private final Map<String, Claim> claims = new HashMap<>();
  private final Map<String, TreeSet<String>> claimants = new TreeMap<>();
  private final Map<String, String> strays = new HashMap<>();
  private boolean complete;

  public NamespaceLocators(NamespaceLocator.Owner owner) {
    this.owner = owner;
  }

  /**
   * Whose objects may have another place now; nothing where nothing changed.
   *
   * @param physical namespaces whose place, or whose claim to one, changed
   * @param upstream the places
   */
  public record Moved(Set<String> physical, Set<String> upstream) {
    public static final Moved NOTHING = new Moved(Set.of(), Set.of());

    public Moved {
      physical = Set.copyOf(physical);
      upstream = Set.copyOf(upstream);
    }
  }

  /** Notes a namespace's locator, null when it has none. */
  public synchronized Moved put(String namespace, @Nullable String locator) {
    return note(namespace, new Claim(NamespaceLocator.read(locator, owner), true));
  }

  /** The namespace is gone; what it says counts as long as no other says the same. */
  public synchronized Moved gone(String namespace) {
    Claim last = claims.get(namespace);
    return last == null ? Moved.NOTHING : note(namespace, new Claim(last.locator(), false));
  }

  /** Every namespace was told of: a place that none has named is nobody's. */
  public synchronized void complete() {
    complete = true;
  }

  private Moved note(String namespace, Claim now) {
    Claim before = claims.put(namespace, now);
    if (now.equals(before)) {
      return Moved.NOTHING;
    }
    Set<String> concerned = new TreeSet<>();
    if (before != null && before.locator().isOurs()) {
      concerned.add(before.locator().target());
      of(before.locator().target()).remove(namespace);
    }
    if (now.locator().isOurs()) {
      concerned.add(now.locator().target());
      of(now.locator().target()).add(namespace);
    }
    Set<String> claiming = new TreeSet<>(Set.of(namespace));
    concerned.forEach(target -> claiming.addAll(of(target)));
    return concerned.isEmpty() ? Moved.NOTHING : new Moved(claiming, concerned);
  }

  @Override
  public synchronized Optional<String> toUpstream(String namespace) {
    if (namespace.isEmpty()) {
      return Optional.of("");
    }
    String stray = strays.get(namespace);
    if (stray != null && !claims.containsKey(namespace)) {
      return Optional.of(stray).filter(t -> toPhysical(t).filter(namespace::equals).isPresent());
    }
    return Optional.ofNullable(claims.get(namespace))
        .map(claim -> claim.locator().target())
        .filter(target -> toPhysical(target).filter(namespace::equals).isPresent());
  }

  @Override
  public synchronized Optional<String> toPhysical(String namespace) {
    if (namespace.isEmpty()) {
      return Optional.of("");
    }
    List<String> living = claimants(namespace, true);
    List<String> gone = claimants(namespace, false);
    List<String> counting = living.isEmpty() ? gone : living;
    if (counting.size() == 1) {
      return Optional.of(counting.get(0));
    }
    return living.isEmpty() && complete ? Optional.of(stray(namespace)) : Optional.empty();
  }

  /** A name that is as valid as any, and that nobody has. */
  private String stray(String target) {
    String hash = Hashing.sha256().hashString(target, StandardCharsets.UTF_8).toString();
    String name = STRAY + hash.substring(0, 24);
    strays.put(name, target);
    return name;
  }

  private Set<String> of(String target) {
    return claimants.computeIfAbsent(target, t -> new TreeSet<>());
  }

  private List<String> claimants(String target, boolean alive) {
    return claimants.getOrDefault(target, new TreeSet<>()).stream()
        .filter(namespace -> isAlive(namespace) == alive)
        .toList();
  }

  private boolean isAlive(String namespace) {
    Claim claim = claims.get(namespace);
    return claim != null && claim.alive();
  }

  @Override
  public synchronized Unplaced whyNot(String namespace) {
    Claim claim = claims.get(namespace);
    if (claim == null && !complete) {
      return UNKNOWN;
    }
    NamespaceLocator locator = claim == null ? NamespaceLocator.read(null, owner) : claim.locator();
    if (!locator.isOurs()) {
      return new Unplaced(Unplaced.Kind.NOT_SELECTED, locator.reason(), locator.message());
    }
    return new Unplaced(
        Unplaced.Kind.SKIPPED,
        "NamespaceCollision",
        "the namespaces %s have one locator: none of them is pulled until one is left"
            .formatted(String.join(", ", claimants(locator.target(), true))));
  }

  @Override
  public boolean claims(ObjectTree namespace, String upstream) {
    String locator = namespace.annotations().get(SyncKeys.NAMESPACE_LOCATOR);
    return NamespaceLocator.read(locator, owner).target().equals(upstream);
  }
}
