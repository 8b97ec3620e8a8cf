package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.ObjectTree;

/**
 * One server-side apply.
 *
 * @param subresource "" for the object itself
 * @param body with the UID and resourceVersion of {@code seen}
 * @param seen what the decision was based on
 * @param force whether fields are taken from other managers
 */
record Write(
    ResourceType type,
    String subresource,
    ObjectTree body,
    ObjectTree seen,
    String manager,
    boolean force) {

  /** The apply of {@code desired} to exactly the object that was looked at. */
  static Write of(ResourceType type, ObjectTree desired, ObjectTree seen, String manager) {
    ObjectTree body =
        desired
            .with("metadata.uid", Mark.uid(seen))
            .with("metadata.resourceVersion", Mark.version(seen));
    return new Write(type, "", body, seen, manager, false);
  }

  Write forced() {
    return new Write(type, subresource, body, seen, manager, true);
  }

  Write to(String part) {
    return new Write(type, part, body, seen, manager, force);
  }

  String path() {
    String object = type.path(body.namespace(), body.name());
    return subresource.isEmpty() ? object : object + "/" + subresource;
  }
}
