package com.example.benchmark.contender;

/** Pulls objects up, in its own way, until it is closed. */
interface Contender extends AutoCloseable {
  /** Begins; the pulling goes on in the background. */
  void begin(Order order) throws Exception;

  /** Waits until the contender thinks that both sides are equal; not each can tell. */
  default void awaitInSync() throws Exception {
    throw new UnsupportedOperationException("this contender does not know when it is in sync");
  }

  @Override
  void close();
}
