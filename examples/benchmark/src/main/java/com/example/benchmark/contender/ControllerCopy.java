package com.example.benchmark.contender;

import com.google.common.hash.Hashing;
import com.google.gson.JsonObject;
import io.kubernetes.client.extended.controller.DefaultController;
import io.kubernetes.client.extended.controller.reconciler.Reconciler;
import io.kubernetes.client.extended.controller.reconciler.Request;
import io.kubernetes.client.extended.controller.reconciler.Result;
import io.kubernetes.client.extended.workqueue.DefaultRateLimitingQueue;
import io.kubernetes.client.extended.workqueue.RateLimitingQueue;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A controller as the official client's documentation builds one: informers on both sides, a
 * rate-limited queue, a reconciler that creates, updates by a hash of the source, and deletes what
 * it made.
 */
final class ControllerCopy implements Contender {
  private static final String SOURCE = "bench.example.com/source";
  private static final int WORKERS = 32;

  private final List<SharedInformerFactory> factories = new ArrayList<>();
  private final List<DefaultController> controllers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Override
  public void begin(Order order) {
    var physicalClient = Clients.official(order.physical());
    var workspaceClient = Clients.official(order.workspace());
    int workers = Math.max(1, WORKERS / order.kinds().size());
    for (Kind kind : order.kinds()) {
      SharedInformerFactory here = new SharedInformerFactory(physicalClient);
      SharedInformerFactory there = new SharedInformerFactory(workspaceClient);
      DynamicKubernetesApi target =
          new DynamicKubernetesApi(kind.group(), kind.version(), kind.resource(), workspaceClient);
      var source = informer(here, kind, physicalClient);
      var copies = informer(there, kind, workspaceClient);
      RateLimitingQueue<Request> queue = new DefaultRateLimitingQueue<>(threads);
      source.addEventHandler(new Enqueue(queue));
      copies.addEventHandler(new Enqueue(queue));
      Supplier<Boolean> ready = () -> source.hasSynced() && copies.hasSynced();
      DefaultController controller =
          controller(kind.resource(), new Copier(kind, source, copies, target), queue, ready);
      controller.setWorkerCount(workers);
      controller.setWorkerThreadPool(Executors.newScheduledThreadPool(workers));
      factories.add(here);
      factories.add(there);
      controllers.add(controller);
    }
    factories.forEach(SharedInformerFactory::startAllRegisteredInformers);
    controllers.forEach(threads::execute);
  }

  @SuppressWarnings("unchecked") // the client's constructor takes an array of generic type
  private static DefaultController controller(
      String name,
      Reconciler reconciler,
      RateLimitingQueue<Request> queue,
      Supplier<Boolean> ready) {
    return new DefaultController(name, reconciler, queue, ready);
  }

  private static SharedIndexInformer<DynamicKubernetesObject> informer(
      SharedInformerFactory factory, Kind kind, io.kubernetes.client.openapi.ApiClient client) {
    return factory.sharedIndexInformerFor(
        new DynamicKubernetesApi(kind.group(), kind.version(), kind.resource(), client),
        DynamicKubernetesObject.class,
        0,
        Kind.NAMESPACE);
  }

  /** Puts the key of whatever changed into the queue. */
  private record Enqueue(RateLimitingQueue<Request> queue)
      implements ResourceEventHandler<DynamicKubernetesObject> {
    @Override
    public void onAdd(DynamicKubernetesObject object) {
      add(object);
    }

    @Override
    public void onUpdate(DynamicKubernetesObject before, DynamicKubernetesObject after) {
      add(after);
    }

    @Override
    public void onDelete(DynamicKubernetesObject object, boolean finalStateUnknown) {
      add(object);
    }

    private void add(DynamicKubernetesObject object) {
      queue.add(new Request(Kind.NAMESPACE, object.getMetadata().getName()));
    }
  }

  /** Makes the copy of one key equal to its source. */
  private record Copier(
      Kind kind,
      SharedIndexInformer<DynamicKubernetesObject> source,
      SharedIndexInformer<DynamicKubernetesObject> copies,
      DynamicKubernetesApi target)
      implements Reconciler {
    @Override
    public Result reconcile(Request request) {
      String key = request.getNamespace() + "/" + request.getName();
      DynamicKubernetesObject object = source.getIndexer().getByKey(key);
      DynamicKubernetesObject copy = copies.getIndexer().getByKey(key);
      if (object == null) {
        boolean ours = copy != null && !hash(copy).isEmpty();
        return ours ? done(target.delete(request.getNamespace(), request.getName())) : done();
      }
      JsonObject wanted = copyOf(object.getRaw());
      if (copy == null) {
        return done(target.create(new DynamicKubernetesObject(wanted)));
      }
      if (hash(copy).equals(annotation(wanted))) {
        return done();
      }
      wanted
          .getAsJsonObject("metadata")
          .addProperty("resourceVersion", copy.getMetadata().getResourceVersion());
      return done(target.update(new DynamicKubernetesObject(wanted)));
    }

    private JsonObject copyOf(JsonObject object) {
      JsonObject copy = Copies.of(object, kind);
      String hash =
          Hashing.murmur3_128().hashString(copy.toString(), StandardCharsets.UTF_8).toString();
      JsonObject metadata = copy.getAsJsonObject("metadata");
      if (!metadata.has("annotations")) {
        metadata.add("annotations", new JsonObject());
      }
      metadata.getAsJsonObject("annotations").addProperty(SOURCE, hash);
      return copy;
    }

    private static String annotation(JsonObject object) {
      return object
          .getAsJsonObject("metadata")
          .getAsJsonObject("annotations")
          .get(SOURCE)
          .getAsString();
    }

    private static String hash(DynamicKubernetesObject copy) {
      var annotations = copy.getMetadata().getAnnotations();
      return annotations == null ? "" : annotations.getOrDefault(SOURCE, "");
    }

    private static Result done() {
      return new Result(false);
    }

    /** 404 and 409: the informer will say more. */
    private static Result done(KubernetesApiResponse<?> response) {
      boolean settled =
          response.isSuccess()
              || response.getHttpStatusCode() == 404
              || response.getHttpStatusCode() == 409;
      return new Result(!settled);
    }
  }

  @Override
  public void close() {
    controllers.forEach(DefaultController::shutdown);
    factories.forEach(factory -> factory.stopAllRegisteredInformers(true));
    threads.shutdownNow();
  }
}
