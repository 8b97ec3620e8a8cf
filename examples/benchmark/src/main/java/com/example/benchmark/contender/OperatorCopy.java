package com.example.benchmark.contender;

import com.google.common.hash.Hashing;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An operator on fabric8's client and the Java Operator SDK: the physical object is the primary
 * resource, its copy in the workspace a secondary one, seen through an informer there.
 */
final class OperatorCopy implements Contender {
  private static final String SOURCE = "bench.example.com/source";

  private KubernetesClient physical;
  private KubernetesClient workspace;
  private Operator operator;

  @Override
  public void begin(Order order) throws ClassNotFoundException {
    physical = client(order.physical());
    workspace = client(order.workspace());
    operator =
        new Operator(
            settings ->
                settings
                    .withKubernetesClient(physical)
                    .withConcurrentReconciliationThreads(32)
                    .checkingCRDAndValidateLocalModel(false)
                    .withCloseClientOnStop(false));
    for (Kind kind : order.kinds()) {
      register(Class.forName(kind.model()).asSubclass(HasMetadata.class), kind);
    }
    operator.start();
  }

  private static KubernetesClient client(String kubeconfig) {
    Config config = Config.fromKubeconfig(kubeconfig);
    config.setOnlyHttpWatches(true); // as the others watch; the in-memory server has no WebSockets
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  private <T extends HasMetadata> void register(Class<T> type, Kind kind) {
    ConfigurationService service = operator.getConfigurationService();
    InformerConfiguration<T> informer =
        InformerConfiguration.<T>builder(type)
            .withNamespaces(Set.of(Kind.NAMESPACE))
            .buildForController();
    operator.register(
        new Copier<>(type, workspace, physical.getKubernetesSerialization()),
        new ResolvedControllerConfiguration<>(
            kind.resource(),
            false,
            Copier.class.getName(),
            GenericRetry.defaultLimitedExponentialRetry(),
            LinearRateLimiter.deactivatedRateLimiter(),
            null,
            null,
            Map.of(),
            "bench",
            service,
            informer,
            true,
            null));
  }

  private record Copier<T extends HasMetadata>(
      Class<T> type, KubernetesClient workspace, KubernetesSerialization json)
      implements Reconciler<T> {
    @Override
    public List<EventSource<?, T>> prepareEventSources(EventSourceContext<T> context) {
      InformerEventSourceConfiguration<T> copies =
          InformerEventSourceConfiguration.from(type, type)
              .withName("copies")
              .withKubernetesClient(workspace)
              .withNamespaces(Kind.NAMESPACE)
              .withSecondaryToPrimaryMapper(copy -> Set.of(ResourceID.fromResource(copy)))
              .withPrimaryToSecondaryMapper(primary -> Set.of(ResourceID.fromResource(primary)))
              .build();
      return List.of(new InformerEventSource<>(copies, context));
    }

    @Override
    public UpdateControl<T> reconcile(T source, Context<T> context) {
      Optional<T> copy = context.getSecondaryResource(type, "copies");
      if (context.isPrimaryResourceDeleted()) {
        copy.filter(there -> !hash(there).isEmpty())
            .ifPresent(there -> workspace.resource(there).delete());
        return UpdateControl.noUpdate();
      }
      T wanted = copyOf(source);
      try {
        if (copy.isEmpty()) {
          workspace.resource(wanted).create();
        } else if (!hash(copy.get()).equals(hash(wanted))) {
          wanted.getMetadata().setResourceVersion(copy.get().getMetadata().getResourceVersion());
          workspace.resource(wanted).update();
        }
      } catch (KubernetesClientException e) {
        if (e.getCode() != 409) { // the informer will say more
          throw e;
        }
      }
      return UpdateControl.noUpdate();
    }

    private T copyOf(T source) {
      T copy = json.clone(source);
      ObjectMeta from = source.getMetadata();
      copy.setMetadata(
          new ObjectMetaBuilder()
              .withNamespace(from.getNamespace())
              .withName(from.getName())
              .withLabels(from.getLabels())
              .withAnnotations(new LinkedHashMap<>(annotations(source)))
              .build());
      if (copy instanceof Service service) {
        service.getSpec().setClusterIP(null);
        service.getSpec().setClusterIPs(null);
      }
      if (copy instanceof Job job) {
        job.getSpec().setSelector(null);
        job.getSpec().getTemplate().getMetadata().setLabels(null);
      }
      String hash =
          Hashing.murmur3_128().hashString(json.asJson(copy), StandardCharsets.UTF_8).toString();
      copy.getMetadata().getAnnotations().put(SOURCE, hash);
      return copy;
    }

    private static String hash(HasMetadata copy) {
      return annotations(copy).getOrDefault(SOURCE, "");
    }

    private static Map<String, String> annotations(HasMetadata object) {
      Map<String, String> annotations = object.getMetadata().getAnnotations();
      return annotations == null ? Map.of() : annotations;
    }
  }

  @Override
  public void close() {
    operator.stop();
    physical.close();
    workspace.close();
  }
}
