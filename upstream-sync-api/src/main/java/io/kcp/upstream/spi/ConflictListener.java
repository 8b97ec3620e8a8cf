package io.kcp.upstream.spi;

public interface ConflictListener {
  void onConflict(ConflictRecord record);
}
