package io.kcp.upstream.testkit.server;

/** Sees the changes of one resource, in order. Called under the store's lock: must only queue. */
interface Subscriber {
  Scope scope();

  void on(Change change);

  /** Everything up to this version has been seen. */
  void upTo(long version);

  /** Nothing more comes. */
  void end();
}
