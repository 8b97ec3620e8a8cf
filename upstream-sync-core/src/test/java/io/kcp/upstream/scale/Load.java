package io.kcp.upstream.scale;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.EndpointLimits;
import io.kcp.upstream.wire.RequestException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Makes objects of about 4 KB, as fast as a server takes them. */
final class Load {
  private final String resource;
  private final int atOnce;

  Load(String resource, int atOnce) {
    this.resource = resource;
    this.atOnce = atOnce;
  }

  void make(String kubeconfig, String namespace, int count) throws Exception {
    ClusterEndpoint cluster = endpoint(kubeconfig);
    create(cluster, "/api/v1/namespaces", namespaceObject(namespace));
    String path = "/api/v1/namespaces/" + namespace + "/" + resource;
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    long start = System.nanoTime();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < atOnce; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  create(cluster, path, object(namespace, n));
                }
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%d made in %.1f s: %.0f/s%n", count, seconds, count / seconds);
  }

  private static void create(ClusterEndpoint cluster, String path, ObjectTree object)
      throws InterruptedException {
    try {
      cluster.send(ApiRequest.post(path, object).with("fieldManager", "load"));
    } catch (RequestException e) {
      if (e.code() != 409) {
        throw e;
      }
    }
  }

  private static ObjectTree namespaceObject(String name) {
    return ObjectTree.of(
        Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
  }

  private ObjectTree object(String namespace, int number) {
    String name = "web-6d4cf56db6-%05d".formatted(number);
    return resource.equals("pods") ? pod(namespace, name) : config(namespace, name);
  }

  private static ObjectTree config(String namespace, String name) {
    return yaml("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s, namespace: %s, labels: {app: web, tier: front}}
            """
            .formatted(name, namespace))
        .with("data.text", (name + " is a line of text as any other\n").repeat(65))
        .with("data.mode", "production");
  }

  /** With what admission and a scheduler usually add, about 4 KB when read back. */
  private static ObjectTree pod(String namespace, String name) {
    List<Object> env = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      env.add(Map.of("name", "SETTING_" + i, "value", "value of setting " + i + " of " + name));
    }
    return yaml("""
            apiVersion: v1
            kind: Pod
            metadata:
              name: %s
              namespace: %s
              labels: {app: web, pod-template-hash: 6d4cf56db6, tier: front}
              annotations: {prometheus.io/scrape: "true", prometheus.io/port: "8080"}
            spec:
              containers:
              - name: web
                image: registry.example.com/shop/web:1.27.3
                args: [--listen=:8080, --log-level=info]
                ports: [{containerPort: 8080, name: http}, {containerPort: 9090, name: metrics}]
                resources: {limits: {cpu: 500m, memory: 256Mi}, requests: {cpu: 100m, memory: 128Mi}}
                readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
                livenessProbe: {httpGet: {path: /live, port: 8080}, periodSeconds: 10}
                volumeMounts: [{name: cache, mountPath: /cache}, {name: settings, mountPath: /etc/web}]
              - name: proxy
                image: registry.example.com/mesh/proxy:2.1
                resources: {limits: {cpu: 200m, memory: 64Mi}}
              volumes:
              - {name: cache, emptyDir: {}}
              - {name: settings, configMap: {name: web-settings}}
            """
            .formatted(name, namespace))
        .with("spec.containers[name=\"web\"].env", env);
  }

  /** The CRD, and a SyncTarget that pulls this load alone. */
  void makeSyncTarget(String kubeconfig) throws Exception {
    ClusterEndpoint workspace = endpoint(kubeconfig);
    create(workspace, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", yaml(crd()));
    ObjectTree target =
        yaml("""
                apiVersion: workload.kcp.io/v1alpha1
                kind: SyncTarget
                metadata: {name: measured-%s}
                spec:
                  upstreamSync:
                    namespaces: {include: [load]}
                    conflict: {strategy: client-side-wins}
                """
                .formatted(resource))
            .with(
                "spec.upstreamSync.resources",
                List.of(
                    Map.of(
                        "group",
                        GroupResource.parse(resource).group(),
                        "resource",
                        GroupResource.parse(resource).resource())));
    for (int i = 0; ; i++) {
      try {
        create(workspace, "/apis/workload.kcp.io/v1alpha1/synctargets", target);
        return;
      } catch (RequestException e) {
        if (i > 100) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static String crd() throws IOException {
    try (InputStream in =
        Yaml.class.getClassLoader().getResourceAsStream("crds/workload.kcp.io_synctargets.yaml")) {
      return new String(
          java.util.Objects.requireNonNull(in, "the API module is on the class path")
              .readAllBytes(),
          StandardCharsets.UTF_8);
    }
  }

  @SuppressWarnings("unchecked") // YAML of our own
  private static ObjectTree yaml(String text) {
    return ObjectTree.of(
        (Map<String, Object>)
            new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions())).load(text));
  }

  private static ClusterEndpoint endpoint(String kubeconfig) throws IOException {
    ApiClient client = Config.fromConfig(kubeconfig);
    return new ClusterEndpoint(
        "server",
        client,
        "",
        new EndpointLimits(1_000_000, 1_000_000, 64, 500, Duration.ofSeconds(60)),
        () -> client);
  }
}
