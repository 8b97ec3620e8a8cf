package io.kcp.upstream.sync;

import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;

/**
 * A copy to be brought to its desired form.
 *
 * @param form digest of the desired form
 */
record Task(Item item, Desired desired, Digest form) {
  WorkKey key() {
    return item.key();
  }
}
