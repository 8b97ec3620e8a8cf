package io.kcp.upstream.spi;

/**
 * Told of every conflict that was decided, held or left open. Given by the host, not discovered.
 */
public interface ConflictListener {
  /**
   * Takes a record. Called on a thread of its own, in the order of the records; while it is slow up
   * to 10,000 records wait, then the oldest is dropped and counted.
   *
   * @param record what was found and decided
   */
  void onConflict(ConflictRecord record);
}
