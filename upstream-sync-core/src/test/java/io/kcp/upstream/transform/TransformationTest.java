package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.TransformContext;
import io.kcp.upstream.spi.Transformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformationTest {
  private static final TargetKey KEY = TargetKey.of("2vuw", "edge-1");
  private static final ObjectTree WEB =
      Objects.yaml(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: web
            namespace: shop
            uid: u1
            resourceVersion: "77"
            generation: 4
            labels: {app: web, state.workload.kcp.io/foreign: Sync}
            annotations:
              team: a
              upstream.workload.kcp.io/conflict-strategy: server-side-wins
            ownerReferences:
            - {apiVersion: v1, kind: Shop, name: known, uid: physical-1, controller: true}
            - {apiVersion: v1, kind: Shop, name: unknown, uid: physical-2}
          spec: {replicas: 3, unknownToTheWorkspace: 1}
          status: {replicas: 2, unknownToTheWorkspace: 1}
          """);

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private static SyncedType type(String resource, boolean physicalStatus, boolean upstreamStatus) {
    GroupResource parsed = GroupResource.parse(resource);
    return new SyncedType(
        served(parsed, physicalStatus), served(parsed, upstreamStatus), TestSchema.deployment());
  }

  private static ResourceType served(GroupResource resource, boolean status) {
    return new ResourceType(
        resource, "v1", "Deployment", true, Set.of("list"), status ? Set.of("status") : Set.of());
  }

  private static final SyncedType DEPLOYMENTS = type("deployments.apps", true, true);

  private Transformation transformation(NamespaceMapping namespaces, Transformer... transformers) {
    List<TransformSettings.Step> steps =
        java.util.Arrays.stream(transformers)
            .map(transformer -> new TransformSettings.Step(transformer, Map.of("mirror", "m/")))
            .toList();
    return new Transformation(
        new TransformSettings(
            "edge-1", Map.of("region", "eu"), KEY, "root:shop 2vuw", namespaces, steps),
        new PluginCalls(threads, Duration.ofSeconds(10)));
  }

  private Desired desired(ObjectTree physical, Transformer... transformers) {
    return transformation(NamespaceMapping.same(), transformers)
        .desired(DEPLOYMENTS, physical, OwnerLookup.NONE);
  }

  private static Transformer transformer(
      BiFunction<ObjectTree, TransformContext, ObjectTree> change) {
    return new Transformer() {
      @Override
      public String name() {
        return "acme.example.com/t";
      }

      @Override
      public ObjectTree transform(ObjectTree object, TransformContext context) {
        return change.apply(object, context);
      }
    };
  }

  private static Transformer change(UnaryOperator<ObjectTree> change) {
    return transformer((object, context) -> change.apply(object));
  }

  @Nested
  class Sealed {
    @Test
    void carriesTheMarkAndWhereItIsFrom() {
      Desired desired = desired(WEB);

      assertThat(desired.object().labels()).isEqualTo(Map.of("app", "web", KEY.label(), "Upsync"));
      assertThat(desired.object().annotations())
          .isEqualTo(
              Map.of(
                  "team",
                  "a",
                  SyncKeys.WORKSPACE,
                  "root:shop 2vuw",
                  SyncKeys.PHYSICAL_UID,
                  "u1",
                  SyncKeys.PHYSICAL_VERSION,
                  "77"));
      assertThat(desired.origin()).isEqualTo(new Desired.Origin("u1", "77", 4));
      assertThat(desired.object().string("metadata.uid")).isEmpty();
      assertThat(desired.object().string("metadata.resourceVersion")).isEmpty();
    }

    @Test
    void tellsWhatAPersonSaysToTheSyncer() {
      assertThat(desired(WEB).directives())
          .isEqualTo(Map.of(SyncKeys.CONFLICT_STRATEGY, "server-side-wins"));
    }

    @Test
    void pointsToOwnersThatAreUpstreamAndLeavesOutOthers() {
      Desired desired =
          transformation(NamespaceMapping.same())
              .desired(
                  DEPLOYMENTS,
                  WEB,
                  uid -> uid.equals("physical-1") ? Optional.of("upstream-1") : Optional.empty());

      assertThat(desired.object().items("metadata.ownerReferences"))
          .containsExactly(
              Objects.yaml(
                  "{apiVersion: v1, kind: Shop, name: known, uid: upstream-1, controller: true}"));
      assertThat(desired(WEB).object().tree("metadata").orElseThrow().asMap())
          .doesNotContainKey("ownerReferences");
    }

    @Test
    void losesWhatTheWorkspaceWouldPrune() {
      Desired desired = desired(WEB);

      assertThat(desired.object().tree("spec").orElseThrow().asMap())
          .isEqualTo(Map.of("replicas", 3L));
      assertThat(desired.status().orElseThrow().asMap())
          .isEqualTo(Map.of("status", Map.of("replicas", 2L)));
    }

    @Test
    void saysOfWhichTypeItIsThoughItemsOfAListDoNot() {
      assertThat(desired(WEB.without("apiVersion").without("kind")).object())
          .isEqualTo(desired(WEB).object());
    }

    @Test
    void isTheSameForTheSameObject() {
      assertThat(desired(WEB)).isEqualTo(desired(WEB));
    }
  }

  @Nested
  class Status {
    private Desired desired(boolean physical, boolean upstream) {
      return transformation(NamespaceMapping.same())
          .desired(type("deployments.apps", physical, upstream), WEB, OwnerLookup.NONE);
    }

    @Test
    void isSeparateWhereBothHaveTheSubresource() {
      assertThat(desired(true, true).status()).isPresent();
      assertThat(desired(true, true).object().tree("status")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true"})
    void isLeftOutWhereOnlyOneHasIt(boolean physical, boolean upstream) {
      assertThat(desired(physical, upstream).status()).isEmpty();
      assertThat(desired(physical, upstream).object().tree("status")).isEmpty();
    }

    @Test
    void isAFieldLikeAnyOtherWhereNoneHasIt() {
      assertThat(desired(false, false).status()).isEmpty();
      assertThat(desired(false, false).object().integer("status.replicas")).hasValue(2);
    }

    @Test
    void isAbsentWhereThePhysicalObjectHasNone() {
      assertThat(TransformationTest.this.desired(WEB.without("status")).status()).isEmpty();
    }
  }

  @Nested
  class Namespaces {
    private final Transformation prefixed = transformation(NamespaceMapping.prefix("edge-"));

    @Test
    void areMapped() {
      Desired desired = prefixed.desired(DEPLOYMENTS, WEB, OwnerLookup.NONE);

      assertThat(desired.object().namespace()).isEqualTo("edge-shop");
      assertThat(desired.upstream())
          .isEqualTo(ObjectKey.upstream("deployments.apps", "edge-shop", "web"));
      assertThat(prefixed.physical(desired.upstream())).contains(desired.physical());
    }

    @Test
    void aNamespaceObjectItselfHasTheMappedName() {
      ObjectTree namespace = Objects.yaml("{kind: Namespace, metadata: {name: shop}}");

      Desired desired =
          prefixed.desired(type("namespaces", true, true), namespace, u -> Optional.empty());

      assertThat(desired.object().name()).isEqualTo("edge-shop");
      assertThat(desired.object().namespace()).isEmpty();
      assertThat(desired.upstream()).isEqualTo(ObjectKey.upstream("namespaces", "", "edge-shop"));
      assertThat(prefixed.physical(desired.upstream())).contains(desired.physical());
    }

    @Test
    void areMappedInReferencesToo() {
      ObjectTree binding =
          Objects.yaml(
              "{metadata: {name: b, namespace: shop}, subjects: [{kind: ServiceAccount, name: s,"
                  + " namespace: other}, {kind: User, name: u}]}");

      Desired desired =
          prefixed.desired(
              type("rolebindings.rbac.authorization.k8s.io", false, false),
              binding,
              OwnerLookup.NONE);

      assertThat(desired.object().items("subjects"))
          .extracting(subject -> subject.string("namespace").orElse(""))
          .containsExactly("edge-other", "");
    }

    @Test
    void aClusterScopedObjectKeepsItsName() {
      ObjectKey physical = ObjectKey.physical("clusterroles.rbac.authorization.k8s.io", "", "r");

      assertThat(prefixed.upstream(physical))
          .contains(ObjectKey.upstream("clusterroles.rbac.authorization.k8s.io", "", "r"));
    }

    @Test
    void anObjectWhoseNamespaceHasNoPlaceIsRefused() {
      Transformation located =
          transformation(
              new NamespaceLocators(new NamespaceLocator.Owner(Set.of("2vuw"), "edge-1", "uid-1")));

      assertThatThrownBy(() -> located.desired(DEPLOYMENTS, WEB, OwnerLookup.NONE))
          .isInstanceOfSatisfying(
              TransformException.class, e -> assertThat(e.reason()).isEqualTo("NamespaceNotMapped"))
          .hasMessageContaining("physical:deployments.apps/shop/web");
      assertThat(located.physical(ObjectKey.upstream("pods", "shop", "web"))).isEmpty();
    }
  }

  @Nested
  class Transformers {
    @Test
    void actInTheirOrderAndAreNamed() {
      Desired desired =
          desired(
              WEB,
              change(web -> web.with("spec.replicas", web.integer("spec.replicas").orElse(0) * 2)),
              change(web -> web.with("spec.replicas", web.integer("spec.replicas").orElse(0) + 1)));

      assertThat(desired.object().integer("spec.replicas")).hasValue(7);
      assertThat(desired.transformers())
          .containsExactly("acme.example.com/t", "acme.example.com/t");
    }

    @Test
    void seeTheCleanedObjectWithItsStatusAndTheContext() {
      desired(
          WEB,
          transformer(
              (web, context) -> {
                assertThat(web.labels()).containsOnlyKeys("app");
                assertThat(web.integer("status.replicas")).hasValue(2);
                assertThat(context.physical())
                    .isEqualTo(ObjectKey.physical("deployments.apps", "shop", "web"));
                assertThat(context.upstream())
                    .isEqualTo(ObjectKey.upstream("deployments.apps", "shop", "web"));
                assertThat(context.syncTarget()).isEqualTo("edge-1");
                assertThat(context.syncTargetLabels()).isEqualTo(Map.of("region", "eu"));
                assertThat(context.parameters()).isEqualTo(Map.of("mirror", "m/"));
                return web;
              }));
    }

    @Test
    void thatDoNotHandleTheTypeAreNotAsked() {
      Transformer deaf =
          new Transformer() {
            @Override
            public String name() {
              return "deaf";
            }

            @Override
            public boolean handles(GroupResource resource) {
              return false;
            }

            @Override
            public ObjectTree transform(ObjectTree object, TransformContext context) {
              throw new AssertionError("asked");
            }
          };

      assertThat(desired(WEB, deaf).transformers()).isEmpty();
    }

    @Test
    void canNotUndoTheSeal() {
      Desired desired =
          desired(
              WEB,
              change(
                  web ->
                      web.with("metadata.finalizers", List.of("a.example.com/x"))
                          .with("metadata.uid", "forged")
                          .with("metadata.annotations[\"kcp.io/cluster\"]", "forged")
                          .with("metadata.ownerReferences", List.of(Map.of("uid", "forged")))
                          .with("spec.unknownToTheWorkspace", 2)));

      assertThat(desired.object()).isEqualTo(desired(WEB).object());
    }

    @ParameterizedTest
    @CsvSource({
      "apiVersion, apps/v2",
      "kind, Other",
      "metadata.name, other",
      "metadata.namespace, other"
    })
    void canNotChangeWhichObjectItIs(String field, String value) {
      assertRefused(
          WEB,
          change(web -> web.with(field, value)),
          "TransformerChangedIdentity",
          "changed " + field + " from ");
    }

    @ParameterizedTest
    @CsvSource({
      "labels, state.workload.kcp.io/x",
      "annotations, workload.kcp.io/rv",
      "annotations, upstream.workload.kcp.io/sync"
    })
    void canNotUseOurKeys(String where, String key) {
      assertRefused(
          WEB,
          change(web -> web.with("metadata.%s[\"%s\"]".formatted(where, key), "x")),
          "TransformerUsedReservedKey",
          key);
    }

    @Test
    @SuppressWarnings("NullAway")
    void mayNotReturnNull() {
      assertRefused(WEB, change(web -> null), "TransformerReturnedNull", "returned null");
    }

    @Test
    void areNamedWhenTheyThrow() {
      TransformException e =
          assertRefused(
              WEB,
              change(
                  web -> {
                    throw new IllegalStateException("no mirror");
                  }),
              "TransformerFailed",
              "no mirror");

      assertThat(e.isTransient()).isFalse();
      assertThat(e).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void ofASecretOnlyTheExceptionsClassIsSaid() {
      ObjectTree secret = Objects.yaml("{kind: Secret, metadata: {name: s, namespace: shop}}");
      Transformation transformation =
          transformation(
              NamespaceMapping.same(),
              change(
                  s -> {
                    throw new IllegalStateException("pa55word");
                  }));

      TransformException e =
          catchThrowableOfType(
              TransformException.class,
              () ->
                  transformation.desired(type("secrets", false, false), secret, OwnerLookup.NONE));

      assertThat(e)
          .hasMessageContaining("java.lang.IllegalStateException")
          .hasMessageNotContaining("pa55word")
          .hasNoCause();
    }

    @Test
    void thatTakeTooLongMayPassAnotherTime() {
      CountDownLatch never = new CountDownLatch(1);
      Transformation transformation =
          new Transformation(
              new TransformSettings(
                  "edge-1",
                  Map.of(),
                  KEY,
                  "root:shop",
                  NamespaceMapping.same(),
                  List.of(
                      new TransformSettings.Step(change(web -> awaited(never, web)), Map.of()))),
              new PluginCalls(threads, Duration.ofMillis(1)));

      TransformException e =
          catchThrowableOfType(
              TransformException.class,
              () -> transformation.desired(DEPLOYMENTS, WEB, OwnerLookup.NONE));

      assertThat(e.reason()).isEqualTo("TransformerTimedOut");
      assertThat(e.isTransient()).isTrue();
      assertThat(e).hasMessageContaining("acme.example.com/t").hasMessageContaining("1 ms");
    }

    private static ObjectTree awaited(CountDownLatch latch, ObjectTree web) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return web;
    }

    private TransformException assertRefused(
        ObjectTree object, Transformer transformer, String reason, String message) {
      TransformException e =
          catchThrowableOfType(TransformException.class, () -> desired(object, transformer));
      assertThat(e.reason()).isEqualTo(reason);
      assertThat(e)
          .hasMessageContaining("transformer acme.example.com/t")
          .hasMessageContaining("physical:deployments.apps/shop/web")
          .hasMessageContaining(message);
      return e;
    }
  }
}
