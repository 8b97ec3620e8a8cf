package io.kcp.upstream.sync;

import com.google.common.primitives.Longs;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.SyncKeys;
import org.jspecify.annotations.Nullable;

/** Which of two versions of one physical object is older; versions compare as integers. */
final class Ages {
  private Ages() {}

  /** Whether a copy was made from a later version of the same physical object. */
  static boolean isOlder(Desired desired, ObjectTree copy) {
    return Mark.physicalUid(copy).equals(desired.physicalUid())
        && isOlder(desired.physicalVersion(), copy.annotations().get(SyncKeys.PHYSICAL_VERSION));
  }

  private static boolean isOlder(String one, @Nullable String other) {
    Long a = Longs.tryParse(one);
    Long b = other == null ? null : Longs.tryParse(other);
    return a != null && b != null && a < b;
  }
}
