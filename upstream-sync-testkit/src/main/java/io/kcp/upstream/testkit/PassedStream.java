package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.http.HttpStream;

/** A stream on whose way to the client something may happen; until then it is passed on. */
abstract class PassedStream implements HttpStream {
  private final HttpStream client;

  PassedStream(HttpStream client, FaultRule.Claim claim) {
    this.client = client;
    client.onOver(claim::miss);
  }

  HttpStream client() {
    return client;
  }

  @Override
  public void end() {
    client.end();
  }

  @Override
  public void cut() {
    client.cut();
  }

  @Override
  public boolean isOver() {
    return client.isOver();
  }

  @Override
  public void onOver(Runnable action) {
    client.onOver(action);
  }

  @Override
  public void onDrained(Runnable action) {
    client.onDrained(action);
  }
}
