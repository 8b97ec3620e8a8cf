package io.kcp.upstream.testkit.contract;

import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A server in memory that somebody else has started and will close. */
record PlainDoor(URI uri) implements ContractServer {
  @Override
  public Optional<SSLContext> tls() {
    return Optional.empty();
  }

  @Override
  public String token() {
    return "";
  }

  @Override
  public void forget() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void overload(String namespace) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void deny(String namespace) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
