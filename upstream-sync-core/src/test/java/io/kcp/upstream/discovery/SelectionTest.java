package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  private static final GroupResource DEPLOYMENTS = GroupResource.parse("deployments.apps");
  private static final GroupResource CONFIG_MAPS = GroupResource.parse("configmaps");
  private static final GroupResource SECRETS = GroupResource.parse("secrets");
  private static final GroupResource NAMESPACES = GroupResource.parse("namespaces");
  private static final GroupResource CLUSTER_THINGS = GroupResource.parse("things.example.com");
  private static final String EVERYTHING = "resources: [{group: '*', resource: '*'}]";
  private static final NamespaceLabels NO_NAMESPACES = namespace -> Optional.empty();
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private static ObjectTree object(String namespace, String name, Map<String, String> labels) {
    Map<String, Object> metadata =
        namespace.isEmpty()
            ? Map.of("name", name, "labels", labels)
            : Map.of("name", name, "namespace", namespace, "labels", labels);
    return ObjectTree.of(Map.of("metadata", metadata));
  }

  private static Optional<String> reason(
      Selection selection, GroupResource type, ObjectTree object) {
    return selection.leftOut(type, object, NO_NAMESPACES).map(NotSelected::reason);
  }

  private static Optional<String> typeReason(Selection selection, String type) {
    return selection.leftOut(GroupResource.parse(type)).map(NotSelected::reason);
  }

  @Test
  void selectsNothingWithoutItsBlock() {
    Selection selection =
        Selection.of(Yaml.tree("spec: {cells: {a: b}}"), Set.of("three-way-merge"), Set.of());

    assertThat(selection.active()).isFalse();
    assertThat(selection.selects(DEPLOYMENTS)).isFalse();
    assertThat(reason(selection, DEPLOYMENTS, object("shop", "web", Map.of())))
        .contains("Inactive");
    assertThat(selection.needsNamespaceLabels()).isFalse();
  }

  @Test
  void selectsNothingWithAnEmptyBlock() {
    Selection selection = Yaml.selection("{}");

    assertThat(selection.active()).isTrue();
    assertThat(typeReason(selection, "deployments.apps")).contains("ResourceNotSelected");
  }

  @Nested
  class Types {
    @ParameterizedTest
    @ValueSource(strings = {"deployments.apps", "configmaps", "widgets.example.com", "namespaces"})
    void starMeansOrdinaryTypes(String type) {
      assertThat(typeReason(Yaml.selection(EVERYTHING), type)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "secrets",
          "roles.rbac.authorization.k8s.io",
          "clusterrolebindings.rbac.authorization.k8s.io",
          "validatingwebhookconfigurations.admissionregistration.k8s.io",
          "apiservices.apiregistration.k8s.io",
          "customresourcedefinitions.apiextensions.k8s.io",
          "certificatesigningrequests.certificates.k8s.io",
          "flowschemas.flowcontrol.apiserver.k8s.io",
          "apibindings.apis.kcp.io",
          "things.kcp.io",
          "events",
          "events.events.k8s.io",
          "leases.coordination.k8s.io",
          "endpointslices.discovery.k8s.io",
          "nodes"
        })
    void starLeavesOutWhatOnlyANameSelects(String type) {
      GroupResource resource = GroupResource.parse(type);
      String named =
          "resources: [{group: '%s', resource: %s}]"
              .formatted(resource.group(), resource.resource());

      assertThat(typeReason(Yaml.selection(EVERYTHING), type)).contains("LeftOutByDefault");
      assertThat(typeReason(Yaml.selection(named), type)).isEmpty();
    }

    @Test
    void groupsThatOnlyLookLikeOnesOfKcpAreOrdinary() {
      assertThat(typeReason(Yaml.selection(EVERYTHING), "things.notkcp.io")).isEmpty();
    }

    @Test
    void syncTargetsAreNeverSelected() {
      String named = "resources: [{group: workload.kcp.io, resource: synctargets}]";

      assertThat(typeReason(Yaml.selection(named), "synctargets.workload.kcp.io"))
          .contains("NeverPulled");
      assertThat(typeReason(Yaml.selection(EVERYTHING), "synctargets.workload.kcp.io"))
          .contains("NeverPulled");
    }

    @Test
    void starInAGroupMeansThisGroupAlone() {
      Selection selection = Yaml.selection("resources: [{group: apps, resource: '*'}]");

      assertThat(selection.selects(DEPLOYMENTS)).isTrue();
      assertThat(selection.selects(CONFIG_MAPS)).isFalse();
    }

    @Test
    void excludedResourcesHoldAgainstStarsOnly() {
      Selection selection =
          Yaml.selection(
              """
              resources: [{group: apps, resource: deployments}, {group: '*', resource: '*'}]
              excludedResources: [{group: apps, resource: '*'}, {resource: configmaps}]
              """);

      assertThat(selection.selects(DEPLOYMENTS)).isTrue();
      assertThat(typeReason(selection, "statefulsets.apps")).contains("ResourceExcluded");
      assertThat(typeReason(selection, "configmaps")).contains("ResourceExcluded");
      assertThat(typeReason(selection, "services")).isEmpty();
    }

    @Test
    void namesWhatStandsByItself() {
      assertThat(
              Yaml.selection("resources: [{group: apps, resource: deployments}, {resource: '*'}]")
                  .named())
          .containsExactly(DEPLOYMENTS);
    }
  }

  @Nested
  class Objects {
    @Test
    void kubeNamespacesAreLeftOutByDefault() {
      Selection selection = Yaml.selection(EVERYTHING);

      assertThat(reason(selection, CONFIG_MAPS, object("kube-system", "a", Map.of())))
          .contains("NamespaceExcluded");
      assertThat(reason(selection, CONFIG_MAPS, object("kubeflow", "a", Map.of()))).isEmpty();
    }

    @Test
    void aNamespaceCountsAsInItself() {
      Selection selection =
          Yaml.selection(EVERYTHING + "\nnamespaceSelector: {matchLabels: {pull: 'yes'}}");

      assertThat(reason(selection, NAMESPACES, object("", "kube-system", Map.of("pull", "yes"))))
          .contains("NamespaceExcluded");
      assertThat(reason(selection, NAMESPACES, object("", "shop", Map.of("pull", "yes"))))
          .isEmpty();
      assertThat(reason(selection, NAMESPACES, object("", "shop", Map.of())))
          .contains("NotSelectedByNamespaceSelector");
    }

    @Test
    void excludeWinsOverInclude() {
      Selection selection =
          Yaml.selection(
              EVERYTHING + "\nnamespaces: {include: [team-*, shop], exclude: [team-x*]}");

      assertThat(reason(selection, CONFIG_MAPS, object("shop", "a", Map.of()))).isEmpty();
      assertThat(reason(selection, CONFIG_MAPS, object("team-a", "a", Map.of()))).isEmpty();
      assertThat(reason(selection, CONFIG_MAPS, object("team-xy", "a", Map.of())))
          .contains("NamespaceExcluded");
      assertThat(reason(selection, CONFIG_MAPS, object("other", "a", Map.of())))
          .contains("NamespaceNotIncluded");
    }

    @Test
    void anEmptyIncludeRestrictsNothingAndAnEmptyExcludeExcludesNothing() {
      Selection selection = Yaml.selection(EVERYTHING + "\nnamespaces: {include: [], exclude: []}");

      assertThat(reason(selection, CONFIG_MAPS, object("kube-system", "a", Map.of()))).isEmpty();
    }

    @Test
    void filtersOfAnEntryNarrowTheCommonOnes() {
      Selection selection =
          Yaml.selection(
              """
              resources:
              - {group: apps, resource: deployments, namespaces: {include: [shop, kube-system]},
                 objectSelector: {matchLabels: {tier: front}}}
              - {group: '*', resource: '*'}
              objectSelector: {matchExpressions: [{key: private, operator: DoesNotExist}]}
              """);

      assertThat(reason(selection, DEPLOYMENTS, object("shop", "a", Map.of("tier", "front"))))
          .isEmpty();
      assertThat(reason(selection, DEPLOYMENTS, object("blog", "a", Map.of("tier", "front"))))
          .contains("NamespaceNotIncluded");
      assertThat(reason(selection, DEPLOYMENTS, object("shop", "a", Map.of())))
          .contains("NotSelectedByObjectSelector");
      assertThat(
              reason(
                  selection,
                  DEPLOYMENTS,
                  object("shop", "a", Map.of("tier", "front", "private", ""))))
          .contains("NotSelectedByObjectSelector");
      assertThat(
              reason(selection, DEPLOYMENTS, object("kube-system", "a", Map.of("tier", "front"))))
          .contains("NamespaceExcluded");
      assertThat(reason(selection, CONFIG_MAPS, object("blog", "a", Map.of()))).isEmpty();
    }

    @Test
    void theMessageNamesTheSettingOfTheEntry() {
      Selection selection =
          Yaml.selection(
              """
              resources:
              - {group: apps, resource: deployments, objectSelector: {matchLabels: {a: b}}}
              """);

      assertThat(
              selection.leftOut(DEPLOYMENTS, object("shop", "web", Map.of()), NO_NAMESPACES).get())
          .extracting(NotSelected::message)
          .isEqualTo(
              "spec.upstreamSync.resources[group=\"apps\",resource=\"deployments\"].objectSelector"
                  + " does not match the object's labels");
    }

    @Test
    void theNamespacesLabelsDecideOnceTheyAreKnown() {
      Selection selection =
          Yaml.selection(EVERYTHING + "\nnamespaceSelector: {matchLabels: {env: prod}}");
      ObjectTree object = object("shop", "a", Map.of());

      NotSelected unknown = selection.leftOut(CONFIG_MAPS, object, NO_NAMESPACES).orElseThrow();
      Optional<NotSelected> test =
          selection.leftOut(CONFIG_MAPS, object, name -> Optional.of(Map.of("env", "test")));
      Optional<NotSelected> prod =
          selection.leftOut(CONFIG_MAPS, object, name -> Optional.of(Map.of("env", "prod")));

      assertThat(selection.needsNamespaceLabels()).isTrue();
      assertThat(unknown.isCertain()).isFalse();
      assertThat(test.map(NotSelected::reason)).contains("NotSelectedByNamespaceSelector");
      assertThat(test.orElseThrow().isCertain()).isTrue();
      assertThat(prod).isEmpty();
    }

    @Test
    void objectsWithoutANamespacePassItsFilters() {
      Selection selection =
          Yaml.selection(
              EVERYTHING
                  + "\nnamespaces: {include: [shop]}"
                  + "\nnamespaceSelector: {matchLabels: {env: prod}}");

      assertThat(reason(selection, CLUSTER_THINGS, object("", "a", Map.of()))).isEmpty();
    }

    @Test
    void copiesAreNeverCopiedAgain() {
      Selection selection = Yaml.selection("resources: [{resource: configmaps}]");
      Map<String, String> labels = Map.of(SyncKeys.STATE_LABEL_PREFIX + "2abc", "Upsync");

      assertThat(reason(selection, CONFIG_MAPS, object("shop", "a", labels))).contains("OwnMark");
    }

    @Test
    void tokensAreNeverPulled() {
      Selection selection = Yaml.selection("resources: [{resource: secrets}]");
      ObjectTree secret = object("shop", "a", Map.of());

      assertThat(
              reason(
                  selection, SECRETS, secret.with("type", "kubernetes.io/service-account-token")))
          .contains("TokenSecret");
      assertThat(reason(selection, SECRETS, secret.with("type", "Opaque"))).isEmpty();
    }

    @Test
    void theRootCertificateOfAClusterIsNeverPulled() {
      Selection selection = Yaml.selection("resources: [{resource: configmaps}]");

      assertThat(reason(selection, CONFIG_MAPS, object("shop", "kube-root-ca.crt", Map.of())))
          .contains("RootCaConfigMap");
    }

    @Test
    void objectsOfATypeThatIsNotSelectedSayWhy() {
      assertThat(reason(Yaml.selection(EVERYTHING), SECRETS, object("shop", "a", Map.of())))
          .contains("LeftOutByDefault");
    }
  }

  @Nested
  class Pauses {
    @Test
    void ofEverythingEndsAtItsTime() {
      Selection selection =
          Yaml.selection("{paused: true, pausedUntil: '2030-01-01T13:00:00+01:00'}");

      assertThat(selection.pausedUntil()).contains(NOON);
      assertThat(selection.paused(NOON.minusMillis(1))).isTrue();
      assertThat(selection.paused(NOON)).isFalse();
    }

    @Test
    void ofEverythingLastWithoutATime() {
      Selection selection = Yaml.selection("{paused: true}");

      assertThat(selection.paused(NOON)).isTrue();
      assertThat(selection.paused(DEPLOYMENTS, NOON)).isTrue();
    }

    @Test
    void ofOneResourceConcernItAlone() {
      Selection selection =
          Yaml.selection(
              EVERYTHING.replace("[", "[{group: apps, resource: deployments, paused: true}, "));

      assertThat(selection.paused(NOON)).isFalse();
      assertThat(selection.paused(DEPLOYMENTS, NOON)).isTrue();
      assertThat(selection.paused(CONFIG_MAPS, NOON)).isFalse();
      assertThat(selection.selects(DEPLOYMENTS)).isTrue();
    }
  }
}
