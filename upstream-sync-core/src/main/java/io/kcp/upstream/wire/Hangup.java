package io.kcp.upstream.wire;

import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Ends the request of another thread at once: an interrupt alone does not end a blocked read. It
 * goes with one thread's requests, one after the other, and once used refuses all further ones.
 * Safe for any thread.
 */
public final class Hangup {
  private @Nullable Call call; // guarded by this, as is hungUp
  private boolean hungUp;

  public synchronized void hangUp() {
    hungUp = true;
    if (call != null) {
      call.cancel();
    }
  }

  synchronized void sending(Call next) throws InterruptedException {
    check();
    call = next;
  }

  /** Throws when it was used: whatever went wrong then is no fault of a server. */
  public synchronized void check() throws InterruptedException {
    if (hungUp) {
      throw new InterruptedException("hung up");
    }
  }
}
