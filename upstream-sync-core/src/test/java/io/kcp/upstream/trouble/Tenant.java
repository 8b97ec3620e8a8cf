package io.kcp.upstream.trouble;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.TestCluster;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Who works in the workspace, on copies and on objects of their own; remembers what must stay. */
final class Tenant {
  private static final String MARK = "state.workload.kcp.io/";
  static final Map<String, String> LABEL = Map.of("of", "tenant");
  private static final String NOTE = "metadata.annotations.tenant";

  private final World world;
  private final Random random;
  private final Names names;
  private final Map<Place, String> foreign = new LinkedHashMap<>();
  private final Map<String, String> notes = new HashMap<>();
  private final Set<String> labelled = new HashSet<>();

  Tenant(World world, Random random, Names names) {
    this.world = world;
    this.random = random;
    this.names = names;
  }

  private TestCluster.Actor hand() {
    return world.workspace().as("tenant");
  }

  /** Objects that are not ours, and their versions when their owners last wrote them. */
  Map<Place, String> foreign() {
    return foreign;
  }

  /** What the tenant wrote on copies, by their UIDs. */
  Map<String, String> notes() {
    return notes;
  }

  /** The UIDs of copies that got a label of the tenant's. */
  Set<String> labelled() {
    return labelled;
  }

  void begin() {
    install();
  }

  void install() {
    Kind.install(world.workspace());
  }

  /** What tenants had of the type goes with it. */
  void uninstallOrInstall() {
    if (Kind.uninstall(world.workspace())) {
      foreign.keySet().removeIf(place -> place.kind() == Kind.WIDGET);
    } else {
      install();
    }
  }

  void step() {
    Place key = names.any(random);
    Optional<ObjectTree> there = find(key);
    if (there.isEmpty()) {
      if (random.nextInt(4) == 0) {
        makeOwn(key);
      }
    } else if (isMarked(there.get())) {
      onCopy(key, there.get());
    } else if (random.nextInt(3) == 0) {
      deleteOwn(key);
    } else {
      Names.attempt(
          () -> hand().set(key.kind().resource, key.namespace(), key.name(), NOTE, number()));
      noteForeign(key);
    }
  }

  private String number() {
    return Integer.toString(random.nextInt(1000));
  }

  private void onCopy(Place key, ObjectTree copy) {
    String resource = key.kind().resource;
    switch (random.nextInt(10)) {
      case 0, 1 -> Names.attempt(() -> hand().delete(resource, key.namespace(), key.name()));
      case 2, 3, 4 -> set(key, key.kind().driftPath, key.kind().driftValue());
      case 5 -> note(key);
      case 6, 7 -> applyOver(key, copy);
      case 8 -> set(key, Names.FREEZE, random.nextInt(3) == 0 ? "disabled" : "enabled");
      default -> unmark(key, copy);
    }
  }

  /** Writes over a field of ours on some copies, and comes to own all of some others as well. */
  void drift() {
    for (Place key : names.keys()) {
      int dice = random.nextInt(6);
      Optional<ObjectTree> copy = find(key).filter(Tenant::isMarked);
      if (dice < 2 && copy.isPresent()) {
        set(key, key.kind().driftPath, key.kind().driftValue());
      } else if (dice == 2) {
        copy.ifPresent(there -> applyOver(key, there));
      }
    }
  }

  private boolean set(Place key, String path, Object value) {
    return Names.attempt(
        () -> hand().set(key.kind().resource, key.namespace(), key.name(), path, value));
  }

  private void note(Place key) {
    String value = number();
    if (set(key, NOTE, value)) {
      find(key)
          .filter(now -> value.equals(now.annotations().get("tenant")))
          .ifPresent(now -> notes.put(now.string("metadata.uid").orElseThrow(), value));
    }
  }

  private void unmark(Place key, ObjectTree copy) {
    Map<String, String> labels = new HashMap<>(copy.labels());
    labels.keySet().removeIf(label -> label.startsWith(MARK));
    set(key, "metadata.labels", labels);
    noteForeign(key);
  }

  private void makeOwn(Place key) {
    if (key.kind().namespaced
        && world.workspace().find("namespaces", "", key.namespace()).isEmpty()) {
      Names.attempt(
          () ->
              hand()
                  .apply(
                      "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}"
                          .formatted(key.namespace())));
      noteForeign(new Place(Kind.NAMESPACE, "", key.namespace()));
    }
    apply(key, random.nextInt(9));
    noteForeign(key);
    noteLabel(key);
  }

  private void apply(Place key, int n) {
    boolean odd = random.nextBoolean();
    Names.attempt(() -> hand().apply(key.kind().yaml(key, LABEL, n, odd)));
  }

  /** The same content as the copy has, as far as one can see: the tenant owns it as well then. */
  private void applyOver(Place key, ObjectTree copy) {
    String note = copy.annotations().getOrDefault("note", "");
    apply(key, note.matches("\\d") ? Integer.parseInt(note) : 0);
    noteForeign(key);
    noteLabel(key);
  }

  private void deleteOwn(Place key) {
    if (Names.attempt(() -> hand().delete(key.kind().resource, key.namespace(), key.name()))) {
      foreign.remove(key);
    }
  }

  /** It is foreign if it is there without a mark. */
  private void noteForeign(Place key) {
    find(key)
        .filter(object -> !isMarked(object))
        .ifPresent(object -> foreign.put(key, version(object)));
  }

  /** An apply that finds a copy made meanwhile, and no field in dispute, adds to the copy. */
  private void noteLabel(Place key) {
    find(key)
        .filter(object -> isMarked(object) && isLabelled(object))
        .ifPresent(object -> labelled.add(object.string("metadata.uid").orElseThrow()));
  }

  private static boolean isLabelled(ObjectTree object) {
    return object.labels().entrySet().containsAll(LABEL.entrySet());
  }

  static String version(ObjectTree object) {
    return object.string("metadata.uid").orElseThrow()
        + " at "
        + object.string("metadata.resourceVersion").orElseThrow();
  }

  static boolean isMarked(ObjectTree object) {
    return object.labels().keySet().stream().anyMatch(label -> label.startsWith(MARK));
  }

  private Optional<ObjectTree> find(Place key) {
    return world.workspace().find(key.kind().resource, key.namespace(), key.name());
  }
}
