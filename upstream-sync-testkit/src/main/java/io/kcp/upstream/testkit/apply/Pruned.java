package io.kcp.upstream.testkit.apply;

import java.util.List;
import java.util.Map;

/**
 * An object without the fields that its schema does not know.
 *
 * @param object the argument itself when nothing was dropped
 * @param unknown the dropped paths, such as {@code spec.ports[0].foo}, in the object's order
 */
public record Pruned(Map<String, Object> object, List<String> unknown) {
  /** Copies the list. */
  public Pruned {
    unknown = List.copyOf(unknown);
  }
}
