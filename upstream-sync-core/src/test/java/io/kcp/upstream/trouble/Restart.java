package io.kcp.upstream.trouble;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.testkit.Journal;
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

  List<String> changes() throws InterruptedException {
    Map<String, ObjectTree> after = upstream();
    Set<String> places = new TreeSet<>(before.keySet());
    places.addAll(after.keySet());
    return places.stream()
        .filter(place -> !Objects.equals(before.get(place), after.get(place)))
        .map(place -> place + ": " + text(before.get(place)) + " became " + text(after.get(place)))
        .toList();
  }

  private static String text(ObjectTree object) {
    return object == null
        ? "absent"
        : String.valueOf(object.without("metadata.managedFields").asMap());
  }

  /** A create that meets somebody else's object is refused, and writes nothing. */
  List<Journal.Request> writes() {
    return world.workspace().journal().since(mark).writes().requests().stream()
        .filter(request -> !request.dryRun() && request.status() != 409)
        .filter(request -> !request.resource().resource().equals("synctargets"))
        .filter(request -> !request.resource().resource().equals("leases"))
        .filter(request -> !request.resource().resource().equals("events"))
        .toList();
  }
}
