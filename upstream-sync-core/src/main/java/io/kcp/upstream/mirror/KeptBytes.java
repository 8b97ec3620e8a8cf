package io.kcp.upstream.mirror;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what any number of mirrors keep of their objects' content until a worker has looked at it.
 * Little is kept as it is, more is packed, and what finds no room is not kept at all: who needs it
 * reads it live. Safe for any thread.
 */
public final class KeptBytes {
  private static final long MIB = 1 << 20;
  private static final int LINGERING = 32;

  /** Some thousand copies; more would be much for the pairs that a large heap mirrors. */
  private static final long MOST_LINGERING = 8 * MIB;

  private final long plain;
  private final long most;
  private final Lingering lingering;
  private final AtomicLong now = new AtomicLong();

  /**
   * Keeps nothing yet.
   *
   * @param plain up to so many bytes content is kept as it is
   * @param most up to so many it is kept packed; a 32nd of that, and 8 MiB at most, for what only
   *     may be needed again
   */
  public KeptBytes(long plain, long most) {
    this.plain = plain;
    this.most = most;
    this.lingering = new Lingering(Math.min(most / LINGERING, MOST_LINGERING));
  }

  /** Where everything is needed, and little is there. */
  static KeptBytes unbounded() {
    return new KeptBytes(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** At most a quarter of the heap that this process may have; packed beyond a sixteenth. */
  public static KeptBytes ofHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    return new KeptBytes(Math.min(heap / 16, 64 * MIB), heap / 4);
  }

  boolean hasPlainRoom(int bytes) {
    return now.get() + bytes <= plain;
  }

  boolean hasRoom(int bytes) {
    return now.get() + bytes <= most;
  }

  void kept(int bytes) {
    now.addAndGet(bytes);
  }

  void released(int bytes) {
    now.addAndGet(-bytes);
  }

  void linger(MirrorEntry entry, int bytes) {
    lingering.add(entry, bytes);
  }

  /** How many bytes are kept now. */
  public long now() {
    return now.get();
  }
}
