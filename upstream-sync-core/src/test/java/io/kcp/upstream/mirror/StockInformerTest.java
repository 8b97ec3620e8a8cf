package io.kcp.upstream.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ListerWatcher;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.cache.Cache;
import io.kubernetes.client.informer.cache.Caches;
import io.kubernetes.client.informer.cache.DeltaFIFO;
import io.kubernetes.client.informer.impl.DefaultSharedIndexInformer;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.Watchable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Why {@link Mirror} is not the client's informer. Should one of these fail, look again. */
class StockInformerTest {

  @Test
  void takesThreeThreadsForOneResource() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    Source source = new Source();
    DefaultSharedIndexInformer<V1ConfigMap, V1ConfigMapList> informer = informer(source);

    informer.run();

    await().until(informer::hasSynced);
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !before.contains(thread))
                        .filter(thread -> !thread.getName().startsWith("awaitility"))
                        .count()
                    >= 3);
    informer.stop();
  }

  @Test
  void keepsTheFirstListAliveWhileItsWatchLasts() throws InterruptedException {
    Source source = new Source();
    DefaultSharedIndexInformer<V1ConfigMap, V1ConfigMapList> informer = informer(source);
    informer.run();
    source.watched.await();

    for (int i = 0; i < 3; i++) {
      System.gc();
    }

    assertThat(source.list.get()).isNotNull();
    informer.stop();
  }

  @Test
  void triesAgainEachSecondThoughToldToWaitForThirty() {
    Source source = new Source();
    source.failure =
        new ApiException(429, java.util.Map.of("Retry-After", List.of("30")), "Too many requests");
    DefaultSharedIndexInformer<V1ConfigMap, V1ConfigMapList> informer = informer(source);
    informer.run();

    await().until(() -> source.lists.get() >= 3); // within 10 s

    informer.stop();
  }

  @Test
  void missesADeletionThatASecondListShows() throws InterruptedException {
    Cache<V1ConfigMap> cache = new Cache<>();
    DeltaFIFO queue = new DeltaFIFO(Caches::metaNamespaceKeyFunc, cache);
    queue.add(configMap("ghost"));
    queue.replace(new ArrayList<KubernetesObject>(List.of(configMap("other"))), "2");

    List<DeltaFIFO.DeltaType> told = new ArrayList<>();
    queue.pop(deltas -> deltas.forEach(delta -> told.add(delta.getLeft())));

    assertThat(told).containsExactly(DeltaFIFO.DeltaType.Added); // and no Deleted follows
    queue.pop(
        deltas ->
            assertThat(deltas)
                .allSatisfy(
                    delta ->
                        assertThat(delta.getRight().getMetadata().getName()).isEqualTo("other")));
  }

  private static DefaultSharedIndexInformer<V1ConfigMap, V1ConfigMapList> informer(Source source) {
    DefaultSharedIndexInformer<V1ConfigMap, V1ConfigMapList> informer =
        new DefaultSharedIndexInformer<>(V1ConfigMap.class, source, 0);
    informer.addEventHandler(new Deaf());
    return informer;
  }

  private static V1ConfigMap configMap(String name) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().namespace("default").name(name).resourceVersion("1"));
  }

  private static final class Source implements ListerWatcher<V1ConfigMap, V1ConfigMapList> {
    private final AtomicInteger lists = new AtomicInteger();
    private final CountDownLatch watched = new CountDownLatch(1);
    private volatile WeakReference<V1ConfigMapList> list = new WeakReference<>(null);
    private volatile ApiException failure;

    @Override
    public V1ConfigMapList list(CallGeneratorParams params) throws ApiException {
      lists.incrementAndGet();
      if (failure != null) {
        throw failure;
      }
      V1ConfigMapList made =
          new V1ConfigMapList()
              .metadata(new V1ListMeta().resourceVersion("1"))
              .addItemsItem(configMap("a"));
      list = new WeakReference<>(made);
      return made;
    }

    @Override
    public Watchable<V1ConfigMap> watch(CallGeneratorParams params) {
      watched.countDown();
      return new Silent();
    }
  }

  /** A watch that says nothing until it is closed. */
  private static final class Silent implements Watchable<V1ConfigMap> {
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public boolean hasNext() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }

    @Override
    public Watch.Response<V1ConfigMap> next() {
      throw new java.util.NoSuchElementException();
    }

    @Override
    public Iterator<Watch.Response<V1ConfigMap>> iterator() {
      return this;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static final class Deaf implements ResourceEventHandler<V1ConfigMap> {
    @Override
    public void onAdd(V1ConfigMap object) {}

    @Override
    public void onUpdate(V1ConfigMap before, V1ConfigMap now) {}

    @Override
    public void onDelete(V1ConfigMap object, boolean stale) {}
  }
}
