package io.kcp.upstream.mirror;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Content that is needed no more and soon may be: the last so many bytes of it, the oldest go
 * first. Safe for any thread.
 */
final class Lingering {
  private record Left(MirrorEntry entry, int bytes) {}

  private final long most;

  // Both guarded by this.
  private final Queue<Left> left = new ArrayDeque<>();
  private long bytes;

  Lingering(long most) {
    this.most = most;
  }

  /** What was added and released since counts until its turn comes, so that this is bounded. */
  synchronized void add(MirrorEntry entry, int size) {
    left.add(new Left(entry, size));
    bytes += size;
    while (bytes > most) {
      Left oldest = left.remove();
      bytes -= oldest.bytes();
      oldest.entry().release();
    }
  }
}
