package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The workspaces of a kcp server, by path and by the name of their logical cluster. */
final class Workspaces {
  static final String ROOT = "root";
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(:[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int NAME_LENGTH = 16;

  private final Map<String, LogicalCluster> byPath = new ConcurrentSkipListMap<>();
  private final Set<String> ending = ConcurrentHashMap.newKeySet();
  private final List<Resource> resources;

  /** Each workspace is made with these resources. */
  Workspaces(List<Resource> resources) {
    this.resources = resources;
  }

  /**
   * Makes a workspace and its parents.
   *
   * @return those that were not there before, parents first
   */
  synchronized List<LogicalCluster> create(String path) {
    if (!PATH.matcher(path).matches() || !(path + ":").startsWith(ROOT + ":")) {
      throw new IllegalArgumentException(
          "'" + path + "' is no workspace path; it has to be like root:org:team");
    }
    List<LogicalCluster> created = new ArrayList<>();
    for (int end = path.indexOf(':'); ; end = path.indexOf(':', end + 1)) {
      String part = end < 0 ? path : path.substring(0, end);
      if (!byPath.containsKey(part)) {
        LogicalCluster cluster =
            new LogicalCluster(part.equals(ROOT) ? ROOT : newName(), new Registry(resources));
        byPath.put(part, cluster);
        created.add(cluster);
      }
      if (end < 0) {
        return created;
      }
    }
  }

  private static String newName() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < NAME_LENGTH; i++) {
      name.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
    }
    return name.toString();
  }

  boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** Finds a workspace by its path. */
  @Nullable LogicalCluster at(String path) {
    return byPath.get(path);
  }

  /** Finds a workspace by its path or by the name of its logical cluster. */
  @Nullable LogicalCluster find(String pathOrName) {
    LogicalCluster cluster = byPath.get(pathOrName);
    return cluster == null ? named(pathOrName) : cluster;
  }

  @Nullable LogicalCluster named(String name) {
    Optional<LogicalCluster> found =
        byPath.values().stream().filter(cluster -> cluster.name().equals(name)).findAny();
    return found.orElse(null);
  }

  void remove(String path) {
    byPath.remove(path);
  }

  /** Nothing is made in this logical cluster any more, except by clients. */
  void end(String name) {
    ending.add(name);
  }

  boolean isEnding(String name) {
    return ending.contains(name);
  }

  /** The paths of the workspaces below one. */
  List<String> below(String path) {
    return byPath.keySet().stream().filter(other -> other.startsWith(path + ":")).toList();
  }

  /** The view of all workspaces together: a resource is there when any of them has it. */
  LogicalCluster all() {
    Map<ResourceName, Resource> union = new LinkedHashMap<>();
    Collection<LogicalCluster> clusters = byPath.values();
    clusters.forEach(
        cluster -> cluster.registry().all().forEach(res -> union.putIfAbsent(res.id(), res)));
    return new LogicalCluster(Scope.ALL_CLUSTERS, new Registry(union.values()));
  }
}
