package io.kcp.upstream.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with the contract's custom resources, and namespaces in it that nobody used before. */
final class Fixture implements AutoCloseable {
  static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private final ContractServer server;
  private final AtomicInteger namespaces = new AtomicInteger();

  Fixture(ContractServer server) {
    this.server = server;
    try {
      install(new Caller(server));
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  private static void install(Caller caller) {
    for (String crd : Caller.documents(resource("crds.yaml"))) {
      caller.post(CRDS, crd).is(201);
    }
    for (String path : new String[] {"v1/widgets", "v2/widgets", "v1/gizmos", "v1/orbs"}) {
      await().until(() -> caller.get("/apis/ex.io/" + path).status() == 200);
    }
  }

  static String resource(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ContractServer server() {
    return server;
  }

  /** Makes a namespace for one test. */
  String namespace() {
    String name = "ns-" + namespaces.incrementAndGet();
    Answer made =
        new Caller(server).post("/api/v1/namespaces", "{metadata: {name: %s}}".formatted(name));
    assertThat(made.status()).as(made::text).isEqualTo(201);
    return name;
  }

  @Override
  public void close() {
    server.close();
  }
}
