package io.kcp.upstream.mirror;

import io.kcp.upstream.spi.GroupResource;

/**
 * Is told which objects changed, never how: what is now is {@link Mirror#find}'s to say. Called on
 * the mirror's own thread, one call at a time: it must be quick and must not block, since nothing
 * is read from the watch meanwhile. What it throws is logged and goes no further.
 */
public interface MirrorListener {

  /**
   * An object appeared, changed or vanished. Also called for every object of the first list, and
   * for what a later list shows to have changed or vanished meanwhile.
   */
  void changed(GroupResource resource, String namespace, String name);

  /** The mirror's state, or its reason, is another than before. */
  void stateChanged(Mirror mirror);
}
