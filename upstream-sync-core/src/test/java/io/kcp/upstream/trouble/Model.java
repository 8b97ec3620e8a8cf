package io.kcp.upstream.trouble;

import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What should be upstream, by what is in the physical cluster and what the spec selects: a second
 * and simpler way to the same end.
 */
final class Model {
  private static final String UID = "upstream.workload.kcp.io/physical-uid";
  private static final String ROLLUP = "upstream.workload.kcp.io/rollup";
  private static final String SYNC = "upstream.workload.kcp.io/sync";

  private final World world;
  private final Spec spec;
  private final Map<Place, ObjectTree> physical;
  private final Map<Place, ObjectTree> upstream;
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private int namespacesLeft;

  private Model(World world, Spec spec) throws InterruptedException {
    this.world = world;
    this.spec = spec;
    this.physical = world.objects(world.physical());
    this.upstream = world.objects(world.workspace());
  }

  /** What differs between what is and what should be, each as a sentence. */
  static List<String> differences(World world, Spec spec, Tenant tenant)
      throws InterruptedException {
    Model model = new Model(world, spec);
    Set<Place> keys = new HashSet<>(model.physical.keySet());
    keys.addAll(model.upstream.keySet());
    keys.addAll(tenant.foreign().keySet());
    keys.forEach(key -> model.look(key, tenant));
    model.notes(tenant);
    model.status();
    return model.differences;
  }

  private void look(Place key, Tenant tenant) {
    ObjectTree below = physical.get(key);
    ObjectTree above = upstream.get(key);
    boolean selected = below != null && spec.selects(world, key, below);
    String foreign = tenant.foreign().get(key);
    if (foreign != null) {
      if (above == null || !Tenant.version(above).equals(foreign)) {
        differ(key, "somebody else's object was touched", foreign, above);
      }
      if (selected) {
        count(isFrozen(below) ? "paused" : "skipped");
      }
      return;
    }
    boolean copy = above != null && Tenant.isMarked(above);
    if (above != null && !copy) {
      differ(key, "an object without a mark that nobody made", "", above);
    } else if ((copy && isFrozen(above)) || (isFrozen(below) && (selected || copy))) {
      count("paused");
    } else if (selected) {
      compare(key, below, above, tenant);
    } else if (copy) {
      leftOver(key, above);
    }
  }

  private void compare(Place key, ObjectTree below, ObjectTree above, Tenant tenant) {
    count("synced");
    if (above == null) {
      differ(key, "it is missing", below, null);
      return;
    }
    if (!below.string("metadata.uid").orElseThrow().equals(above.annotations().get(UID))) {
      differ(key, "it is the copy of another object", below, above);
    }
    if (!key.kind().content(below).equals(key.kind().content(above))) {
      differ(key, "its content", key.kind().content(below), key.kind().content(above));
    }
    owners(key, below, above);
    if (key.kind() == Kind.DEPLOYMENT && !above.annotations().containsKey(ROLLUP)) {
      differ(key, "nothing is said of its pods", ROLLUP, above.annotations());
    }
    Map<String, String> labels = labels(below);
    if (tenant.labelled().contains(above.string("metadata.uid").orElseThrow())) {
      labels.putAll(Tenant.LABEL);
    }
    if (!labels(above).equals(labels)) {
      differ(key, "its labels", labels, labels(above));
    }
  }

  /** Owners that are upstream are the copies' owners, too; others are left out. */
  private void owners(Place key, ObjectTree below, ObjectTree above) {
    List<String> wanted = new ArrayList<>();
    for (ObjectTree owner : below.items("metadata.ownerReferences")) {
      Place place = new Place(Kind.CONFIG_MAP, key.namespace(), owner.string("name").orElseThrow());
      ObjectTree copy = upstream.get(place);
      if (copy != null
          && Tenant.isMarked(copy)
          && owner.string("uid").orElseThrow().equals(copy.annotations().get(UID))) {
        wanted.add(copy.string("metadata.uid").orElseThrow());
      }
    }
    List<String> are =
        above.items("metadata.ownerReferences").stream()
            .map(owner -> owner.string("uid").orElseThrow())
            .toList();
    if (!are.equals(wanted)) {
      differ(key, "its owners", wanted, are);
    }
  }

  private static Map<String, String> labels(ObjectTree object) {
    Map<String, String> labels = new TreeMap<>(object.labels());
    labels.keySet().removeIf(label -> label.contains("kcp.io/"));
    labels.remove("kubernetes.io/metadata.name");
    return labels;
  }

  private void leftOver(Place key, ObjectTree above) {
    if (key.kind() != Kind.NAMESPACE) {
      differ(key, "a copy without a selected original", physical.get(key), above);
      return;
    }
    boolean made = !above.annotations().containsKey(UID);
    boolean filled =
        upstream.keySet().stream().anyMatch(each -> each.namespace().equals(key.name()));
    if (!made && !filled) {
      differ(key, "an empty namespace without a selected original", physical.get(key), above);
    }
    boolean counted = spec.kinds().contains(Kind.NAMESPACE);
    namespacesLeft += counted ? 1 : 0;
  }

  private void notes(Tenant tenant) {
    Map<String, ObjectTree> byUid = new HashMap<>();
    upstream.values().forEach(each -> byUid.put(each.string("metadata.uid").orElseThrow(), each));
    tenant
        .notes()
        .forEach(
            (uid, note) -> {
              ObjectTree copy = byUid.get(uid);
              if (copy != null && !note.equals(copy.annotations().get("tenant"))) {
                differences.add("the tenant's note %s is gone from %s".formatted(note, copy));
              }
            });
  }

  /** The numbers in the SyncTarget's status. */
  private void status() {
    ObjectTree target = world.workspace().find(World.TARGETS, "", world.syncTarget()).orElseThrow();
    for (String name : List.of("synced", "skipped", "paused", "pending", "failed", "conflicting")) {
      long told = target.integer("status.upstreamSync.objects." + name).orElse(0);
      long right = counts.getOrDefault(name, 0L);
      boolean unsure = namespacesLeft > 0 && (name.equals("pending") || name.equals("paused"));
      if (told != right && !(unsure && told >= right && told <= right + namespacesLeft)) {
        differences.add("the status says %d %s, and it is %d".formatted(told, name, right));
      }
    }
  }

  private void count(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  private void differ(Place key, String what, Object wanted, Object is) {
    differences.add("%s: %s: wanted %s, is %s".formatted(key, what, wanted, is));
  }

  private static boolean isFrozen(ObjectTree object) {
    return object != null && "disabled".equals(object.annotations().get(SYNC));
  }
}
