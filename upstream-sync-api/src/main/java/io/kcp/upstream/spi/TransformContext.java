package io.kcp.upstream.spi;

import java.util.Map;

/**
 * What a {@link Transformer} may look at beside the object. A value: when it changes, every object
 * is transformed again. There is no clock and nothing to look up.
 */
public interface TransformContext {
  /**
   * Names the physical object.
   *
   * @return its key
   */
  ObjectKey physical();

  /**
   * Names its copy.
   *
   * @return the copy's key
   */
  ObjectKey upstream();

  /**
   * Names the SyncTarget.
   *
   * @return its name
   */
  String syncTarget();

  /**
   * Gives the SyncTarget's labels.
   *
   * @return name to value
   */
  Map<String, String> syncTargetLabels();

  /**
   * Gives what the SyncTarget hands to this transformer.
   *
   * @return name to value; empty for one that the host made active
   */
  Map<String, String> parameters();
}
