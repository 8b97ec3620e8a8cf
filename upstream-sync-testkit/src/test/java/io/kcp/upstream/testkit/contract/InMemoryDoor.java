package io.kcp.upstream.testkit.contract;

import io.kcp.upstream.testkit.InMemoryApiServer;
import io.kcp.upstream.testkit.Verb;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The in-memory server. */
final class InMemoryDoor implements ContractServer {
  private final InMemoryApiServer server = InMemoryApiServer.builder().start();

  @Override
  public URI uri() {
    return server.uri();
  }

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
    server.restart(false);
  }

  @Override
  public void overload(String namespace) {
    var unused =
        server
            .faults()
            .on(Verb.GET, "configmaps")
            .namespace(namespace)
            .respondText(429, "Too many requests, please try again later.\n");
  }

  /** There are no users here: nobody may. */
  @Override
  public void deny(String namespace) {
    for (Verb verb : new Verb[] {Verb.LIST, Verb.CREATE}) {
      var unused = server.faults().on(verb, "configmaps").namespace(namespace).respond(403);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
