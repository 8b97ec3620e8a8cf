package io.kcp.upstream.trouble;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a syncer did to the workspace since this was made: nothing, over an unchanged pair. */
final class Restart {
  private final World world;
  private final Map<String, ObjectTree> before;
  private final long mark;

  Restart(World world) throws InterruptedException {
    this.world = world;
    this.before = upstream();
    this.mark = world.workspace().journal().mark();
  }

  private Map<String, ObjectTree> upstream() throws InterruptedException {
    Map<String, ObjectTree> objects = new TreeMap<>();
    world
        .objects(world.workspace())
        .forEach((place, object) -> objects.put(place.toString(), object));
    return objects;
  }

  /** What is another than before, field by field. */
  List<String> changes() throws InterruptedException {
    Map<String, ObjectTree> after = upstream();
    Set<String> places = new TreeSet<>(before.keySet());
    places.addAll(after.keySet());
    List<String> changes = new ArrayList<>();
    for (String place : places) {
      compare(place, map(before.get(place)), map(after.get(place)), changes);
    }
    return changes;
  }

  private static Object map(ObjectTree object) {
    return object == null ? "absent" : object.asMap();
  }

  private static void compare(String path, Object was, Object is, List<String> into) {
    if (was instanceof Map<?, ?> wasMap && is instanceof Map<?, ?> isMap) {
      Set<Object> names = new TreeSet<>(wasMap.keySet());
      names.addAll(isMap.keySet());
      for (Object name : names) {
        compare(path + "." + name, wasMap.get(name), isMap.get(name), into);
      }
    } else if (!Objects.equals(was, is)) {
      into.add("%s: %s became %s".formatted(path, was, is));
    }
  }

  /**
   * Each write, and what of it is known.
   *
   * @param by who was at work, and remembers what it sent
   */
  List<String> writes(Incarnation by) {
    return writes().stream()
        .map(write -> write + " sent " + by.sent("/" + write.resource().resource()))
        .toList();
  }

  /** A create that meets somebody else's object is refused, and writes nothing. */
  private List<Journal.Request> writes() {
    return world.workspace().journal().since(mark).writes().requests().stream()
        .filter(request -> !request.dryRun() && request.status() != 409)
        .filter(request -> !request.resource().resource().equals("synctargets"))
        .filter(request -> !request.resource().resource().equals("leases"))
        .filter(request -> !request.resource().resource().equals("events"))
        .toList();
  }
}
