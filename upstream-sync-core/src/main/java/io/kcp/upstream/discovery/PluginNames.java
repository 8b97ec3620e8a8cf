package io.kcp.upstream.discovery;

import java.util.Set;
import java.util.TreeSet;

/** The names of all plug-ins of one kind. */
record PluginNames(String kind, Set<String> known) {
  PluginNames {
    known = Set.copyOf(known);
  }

  /** The name, if there is a plug-in of that name. */
  String checked(String path, String name) {
    if (known.contains(name)) {
      return name;
    }
    throw new InvalidSpecException(
        path,
        name,
        known.isEmpty()
            ? "left out: no " + kind + " is known to this syncer"
            : "the name of a known " + kind + ": " + String.join(", ", new TreeSet<>(known)));
  }
}
