package com.example.benchmark;

import com.example.benchmark.contender.Api;
import com.example.benchmark.contender.Clients;
import com.example.benchmark.contender.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kcp.upstream.testkit.real.Assets;
import io.kcp.upstream.testkit.real.Controllers;
import io.kcp.upstream.testkit.real.RealBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A server in processes of its own, with the CRDs of SyncTargets and of our own types. */
final class Server implements AutoCloseable {
  private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** All in-memory servers, apart from us; it ends with our process, which holds its input. */
  private static MemoryHost memoryHost;

  private final String kubeconfig;
  private final Runnable end;
  private final Api api;

  private Server(String kubeconfig, Runnable end) {
    this.kubeconfig = kubeconfig;
    this.end = end;
    this.api = Api.of(kubeconfig);
  }

  /** An empty server with the namespace of the objects, which serves the types of the workload. */
  static Server start(Options options, Workload workload) throws Exception {
    Server server = options.real() ? real() : memory();
    try {
      server.prepare(options, workload);
      return server;
    } catch (Exception e) {
      server.close();
      throw e;
    }
  }

  private static Server real() {
    RealBackend backend = RealBackend.start(Assets.find(), Controllers.NONE);
    return new Server(backend.kubeconfig(), backend::close);
  }

  private static Server memory() throws IOException {
    String kubeconfig = memoryHost().open();
    return new Server(kubeconfig, () -> closeMemory(Clients.uri(kubeconfig)));
  }

  private static synchronized MemoryHost memoryHost() throws IOException {
    if (memoryHost == null) {
      memoryHost = MemoryHost.start(8_192);
    }
    return memoryHost;
  }

  private static void closeMemory(String uri) {
    try {
      memoryHost().close(uri);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void prepare(Options options, Workload workload) throws Exception {
    if (options.real()) {
      install(synctargetCrd());
    }
    for (Kind kind : workload.kinds()) {
      if (kind.group().endsWith("example.com")) {
        api.post(CRDS, new ObjectMapper().writeValueAsString(Workload.crd(kind)));
      }
    }
    api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"" + Kind.NAMESPACE + "\"}}");
    for (Kind kind : workload.kinds()) {
      Waiting.until(LIMIT, kind.resource() + " are served", () -> serves(kind));
    }
    if (options.real()) {
      Waiting.until(LIMIT, "SyncTargets are served", this::servesSyncTargets);
    }
  }

  private void install(String crd) {
    api.post(CRDS, crd);
  }

  private static String synctargetCrd() throws IOException {
    String resource = "crds/workload.kcp.io_synctargets.yaml";
    try (InputStream in = Server.class.getClassLoader().getResourceAsStream(resource)) {
      return Clients.yamlAsJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private boolean serves(Kind kind) {
    try {
      api.count(kind);
      return true;
    } catch (IllegalStateException e) {
      return false; // its CRD is not established yet
    }
  }

  private boolean servesSyncTargets() {
    try {
      api.get("/apis/workload.kcp.io/v1alpha1/synctargets");
      return true;
    } catch (IllegalStateException e) {
      return false; // its CRD is not established yet
    }
  }

  /** Creates {@code count} objects, spread over the types of the workload. */
  void load(Workload workload, int count) {
    int types = workload.kinds().size();
    Api.parallel(
        count,
        number -> {
          Kind kind = workload.kinds().get(number % types);
          api.post(kind.collection(), Workload.object(kind, number, 0));
        });
  }

  /** Removes what {@link #load} or a contender made, and what the syncer keeps of its own. */
  void empty(Workload workload, int count) {
    int types = workload.kinds().size();
    Api.parallel(
        count, number -> remove(workload.kinds().get(number % types).collection() + "/o" + number));
    remove("/apis/workload.kcp.io/v1alpha1/synctargets/bench");
    remove("/apis/coordination.k8s.io/v1/namespaces/default/leases/upstream-sync-bench");
    remove("/api/v1/namespaces/default/secrets/upstream-sync-bench");
  }

  /** Beside a real server no controller runs that would take a finalizer away. */
  private void remove(String path) {
    JsonNode last = api.deleteIfThere(path + "?propagationPolicy=Background");
    if (!last.at("/metadata/finalizers").isEmpty()) {
      api.freeIfThere(path);
    }
  }

  /** Whether the server holds at least this many objects of the workload. */
  boolean holds(Workload workload, int count) {
    int types = workload.kinds().size();
    int held = 0;
    for (int i = 0; i < types; i++) {
      int wanted = count / types + (i < count % types ? 1 : 0);
      int here = api.count(workload.kinds().get(i));
      if (here < wanted) {
        return false;
      }
      held += here;
    }
    return held >= count;
  }

  String kubeconfig() {
    return kubeconfig;
  }

  Api api() {
    return api;
  }

  @Override
  public void close() {
    end.run();
  }
}
