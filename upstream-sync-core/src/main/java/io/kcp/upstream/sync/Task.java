package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
import io.kcp.upstream.transform.SyncKeys;

/**
 * A copy to be brought to its desired form.
 *
 * @param parts digests of the desired form
 */
record Task(Item item, Desired desired, Forms.Parts parts) {
  private static final String BASE =
      FieldPath.of("metadata", "annotations", SyncKeys.BASE).toString();

  /** The digest of what is made of the desired object; mostly it is that, with our notes. */
  Digest digest(ObjectTree object) {
    return object.without(BASE).equals(desired.object())
        ? parts.object()
        : Canonical.digest(object, item.schema());
  }

  Digest form() {
    return parts.whole();
  }

  WorkKey key() {
    return item.key();
  }
}
