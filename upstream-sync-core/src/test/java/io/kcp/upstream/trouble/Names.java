package io.kcp.upstream.trouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where objects of a story may be: few places, so that things meet. */
record Names(List<Place> keys, List<Place> namespaces) {
  static final String FREEZE = "metadata.annotations[\"upstream.workload.kcp.io/sync\"]";
  private static final Logger LOG = LoggerFactory.getLogger(Names.class);

  static Names of(World world, Set<Kind> kinds) {
    List<Place> keys = new ArrayList<>();
    for (Kind kind : kinds) {
      for (String name : List.of("x", "y", "z")) {
        if (kind.namespaced) {
          for (String letter : List.of("a", "b", "c")) {
            keys.add(new Place(kind, world.namespace(letter), name));
          }
        } else if (kind != Kind.NAMESPACE) {
          keys.add(new Place(kind, "", world.namespace(name)));
        }
      }
    }
    List<Place> namespaces =
        Stream.of("a", "b", "c")
            .map(letter -> new Place(Kind.NAMESPACE, "", world.namespace(letter)))
            .toList();
    return new Names(keys, namespaces);
  }

  Place any(Random random) {
    return keys.get(random.nextInt(keys.size()));
  }

  /** Something that may be refused, as others were quicker, or its place is going away. */
  static boolean attempt(Runnable act) {
    try {
      act.run();
      return true;
    } catch (AssertionError refused) {
      LOG.debug("refused: {}", refused.getMessage());
      return false;
    }
  }
}
