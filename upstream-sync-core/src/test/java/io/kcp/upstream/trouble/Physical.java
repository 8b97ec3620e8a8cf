package io.kcp.upstream.trouble;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.TestCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** What happens in the physical cluster. */
final class Physical {
  private final World world;
  private final Random random;
  private final Names names;

  Physical(World world, Random random, Names names) {
    this.world = world;
    this.random = random;
    this.names = names;
  }

  private TestCluster.Actor kubectl() {
    return world.physical().as("kubectl");
  }

  void uninstallOrInstall() {
    if (!Kind.uninstall(world.physical())) {
      install();
    }
  }

  void install() {
    Kind.install(world.physical());
  }

  void begin() {
    install();
    names.namespaces().forEach(this::namespace);
  }

  private void namespace(Place key) {
    kubectl().forceApply(key.kind().yaml(key, world.labels(true), random.nextInt(9), false));
  }

  void step() {
    Place key = names.any(random);
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3, 4 -> put(key, random.nextBoolean());
      case 5, 6 -> delete(key);
      case 7 -> {
        delete(key);
        put(key, random.nextBoolean());
      }
      case 8 -> expose(key, random.nextBoolean());
      case 9 -> freeze(key, random.nextInt(3) == 0);
      case 10 -> status(key);
      default -> wholeNamespace();
    }
  }

  private void put(Place key, boolean odd) {
    // An object of another shape is one that was made anew.
    boolean same = !key.kind().hasImmutableField() || find(key).isEmpty();
    if (!same && random.nextInt(3) == 0) {
      delete(key);
    }
    boolean shape = find(key).map(Physical::isOdd).orElse(odd);
    Map<String, String> labels = world.labels(random.nextInt(8) != 0);
    int n = random.nextInt(9);
    String owner = owner(key);
    Names.attempt(() -> kubectl().forceApply(key.kind().yaml(key, labels, n, shape, owner)));
  }

  /** Some widgets belong to a ConfigMap beside them, and go with it. */
  private String owner(Place key) {
    if (key.kind() != Kind.WIDGET || random.nextInt(2) == 0) {
      return "";
    }
    return find(new Place(Kind.CONFIG_MAP, key.namespace(), key.name()))
        .map(Kind::ownedBy)
        .orElse("");
  }

  private static boolean isOdd(ObjectTree object) {
    return object.string("type").filter("example.com/odd"::equals).isPresent()
        || object.string("spec.template.metadata.labels.app").filter("odd"::equals).isPresent();
  }

  private void delete(Place key) {
    if (find(key).isPresent()) {
      Names.attempt(() -> kubectl().delete(key.kind().resource, key.namespace(), key.name()));
    }
  }

  private void expose(Place key, boolean exposed) {
    set(key, "metadata.labels.expose", exposed ? "yes" : "no");
  }

  void freeze(Place key, boolean frozen) {
    set(key, Names.FREEZE, frozen ? "disabled" : "enabled");
  }

  private void status(Place key) {
    long n = random.nextInt(9);
    if (key.kind() == Kind.WIDGET) {
      set(key, "status", Map.of("phase", "P" + n));
    } else if (key.kind() == Kind.DEPLOYMENT) {
      set(key, "status", Map.of("replicas", n, "readyReplicas", n, "observedGeneration", 1L));
    }
  }

  private void set(Place key, String path, Object value) {
    if (find(key).isPresent()) {
      Names.attempt(
          () -> kubectl().set(key.kind().resource, key.namespace(), key.name(), path, value));
    }
  }

  /** With all that is in it; it comes back at once, or later. */
  private void wholeNamespace() {
    List<Place> namespaces = names.namespaces();
    Place key = namespaces.get(random.nextInt(namespaces.size()));
    if (find(key).isEmpty()) {
      namespace(key);
    } else if (random.nextInt(4) == 0) {
      delete(key);
    } else {
      Names.attempt(() -> namespace(key));
    }
  }

  /**
   * Takes away what has lost its owner, as the cluster's garbage collector will do at some time: it
   * may learn half a minute late of a type that came back.
   */
  void collectGarbage() throws InterruptedException {
    Map<Place, ObjectTree> all = world.objects(world.physical());
    Set<String> there =
        all.values().stream()
            .map(object -> object.string("metadata.uid").orElseThrow())
            .collect(Collectors.toSet());
    all.forEach(
        (key, object) -> {
          List<ObjectTree> owners = object.items("metadata.ownerReferences");
          if (!owners.isEmpty()
              && owners.stream().noneMatch(o -> there.contains(o.string("uid").orElseThrow()))) {
            delete(key);
          }
        });
  }

  private Optional<ObjectTree> find(Place key) {
    return world.physical().find(key.kind().resource, key.namespace(), key.name());
  }
}
