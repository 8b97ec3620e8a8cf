package io.kcp.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.wire.RequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TypeSetsTest {
  private static final Set<String> ALL =
      Set.of("get", "list", "watch", "create", "update", "patch", "delete");
  private static final GroupResource WIDGETS = GroupResource.parse("widgets.example.com");
  private static final SchemaSource DEDUCED = type -> MergeSchema.deduced();
  private static final String NAMED = "resources: [{group: example.com, resource: widgets}]";
  private static final String EVERYTHING = "resources: [{group: '*', resource: '*'}]";

  private static ResourceType widgets(String version) {
    return new ResourceType(WIDGETS, version, "Widget", true, ALL, Set.of("status"));
  }

  private static Served served(ResourceType... types) {
    return served(Set.of(), types);
  }

  private static Served served(Set<String> stale, ResourceType... types) {
    Map<GroupResource, List<ResourceType>> versions =
        Stream.of(types)
            .collect(
                Collectors.groupingBy(
                    ResourceType::resource, LinkedHashMap::new, Collectors.toList()));
    return new Served(versions, stale);
  }

  private static TypeSet compute(String selection, Served physical, Served upstream) {
    return compute(selection, physical, upstream, DEDUCED);
  }

  private static TypeSet compute(
      String selection, Served physical, Served upstream, SchemaSource schemas) {
    try {
      return TypeSets.compute(Yaml.selection(selection), physical, upstream, schemas);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertLeftOut(TypeSet types, String state, String reason) {
    assertThat(types.synced()).isEmpty();
    assertThat(types.leftOut()).containsOnlyKeys(WIDGETS);
    TypeSet.LeftOut leftOut = types.leftOut().get(WIDGETS);
    assertThat(leftOut.state()).isEqualTo(state);
    assertThat(leftOut.reason()).isEqualTo(reason);
    assertThat(leftOut.message()).contains("widgets.example.com");
  }

  @Test
  void takesThePhysicalClustersPreferredVersionIfTheWorkspaceHasIt() {
    TypeSet types =
        compute(
            EVERYTHING, served(widgets("v2"), widgets("v1")), served(widgets("v1"), widgets("v2")));

    assertThat(types.synced().get(WIDGETS))
        .isEqualTo(new SyncedType(widgets("v2"), widgets("v2"), MergeSchema.deduced()));
    assertThat(types.leftOut()).isEmpty();
  }

  @Test
  void takesTheNextCommonVersionElse() {
    TypeSet types =
        compute(EVERYTHING, served(widgets("v3"), widgets("v1")), served(widgets("v1")));

    assertThat(types.synced().get(WIDGETS).physical()).isEqualTo(widgets("v1"));
  }

  @Test
  void reportsWhenNoVersionIsCommon() {
    assertLeftOut(
        compute(EVERYTHING, served(widgets("v1")), served(widgets("v2"))),
        "Incompatible",
        "NoCommonVersion");
  }

  @Test
  void reportsWhatTheWorkspaceLacksHoweverItIsSelected() {
    assertLeftOut(
        compute(EVERYTHING, served(widgets("v1")), served()), "Incompatible", "WorkspaceNotServed");
    assertLeftOut(
        compute(NAMED, served(widgets("v1")), served()), "Incompatible", "WorkspaceNotServed");
  }

  @Test
  void reportsWhatTheWorkspaceCannotWrite() {
    ResourceType readOnly =
        new ResourceType(WIDGETS, "v1", "Widget", true, Set.of("get", "list", "watch"), Set.of());

    assertLeftOut(
        compute(NAMED, served(widgets("v1")), served(readOnly)),
        "Incompatible",
        "WorkspaceNotWritable");
  }

  @Test
  void reportsAnotherScopeOrKind() {
    ResourceType cluster = new ResourceType(WIDGETS, "v1", "Widget", false, ALL, Set.of());
    ResourceType gadget = new ResourceType(WIDGETS, "v1", "Gadget", true, ALL, Set.of());

    assertLeftOut(
        compute(NAMED, served(widgets("v1")), served(cluster)), "Incompatible", "ScopeDiffers");
    assertLeftOut(
        compute(NAMED, served(widgets("v1")), served(gadget)), "Incompatible", "KindDiffers");
  }

  @Test
  void reportsANamedTypeThatThePhysicalClusterLacks() {
    assertLeftOut(
        compute(NAMED, served(), served(widgets("v1"))), "NotServed", "PhysicalNotServed");
  }

  @Test
  void reportsANamedTypeThatCannotBeWatchedAndPassesOverOneThatIsNotNamed() {
    ResourceType listed =
        new ResourceType(WIDGETS, "v1", "Widget", true, Set.of("get", "list"), Set.of());

    assertLeftOut(
        compute(NAMED, served(listed), served(widgets("v1"))), "NotServed", "NotWatchable");
    assertThat(compute(EVERYTHING, served(listed), served(widgets("v1"))).leftOut()).isEmpty();
  }

  @Test
  void passesOverAVersionThatCannotBeWatched() {
    ResourceType listed =
        new ResourceType(WIDGETS, "v2", "Widget", true, Set.of("get", "list"), Set.of());

    TypeSet types =
        compute(NAMED, served(listed, widgets("v1")), served(widgets("v2"), widgets("v1")));

    assertThat(types.synced().get(WIDGETS).physical()).isEqualTo(widgets("v1"));
  }

  @Test
  void aGroupThatDoesNotAnswerIsNotTakenForNothingServed() {
    Set<String> stale = Set.of("example.com");

    assertLeftOut(
        compute(NAMED, served(stale), served(widgets("v1"))), "Stale", "PhysicalDiscoveryFailed");
    assertLeftOut(
        compute(NAMED, served(widgets("v1")), served(stale)), "Stale", "WorkspaceDiscoveryFailed");
  }

  @Test
  void whatIsLastKnownOfASilentGroupIsSynced() {
    Set<String> stale = Set.of("example.com");

    TypeSet types = compute(NAMED, served(stale, widgets("v1")), served(stale, widgets("v1")));

    assertThat(types.synced()).containsOnlyKeys(WIDGETS);
  }

  @Test
  void aTypeWaitsForItsSchema() {
    SchemaSource failing =
        type -> {
          throw RequestException.unreadable(new IllegalStateException());
        };

    assertLeftOut(
        compute(NAMED, served(widgets("v1")), served(widgets("v1")), failing),
        "Stale",
        "SchemaNotReadable");
  }

  @Test
  void reportsANamedTypeThatIsNeverPulled() {
    GroupResource syncTargets = GroupResource.parse("synctargets.workload.kcp.io");

    TypeSet types =
        compute("resources: [{group: workload.kcp.io, resource: synctargets}]", served(), served());

    assertThat(types.leftOut().get(syncTargets).reason()).isEqualTo("NeverPulled");
  }

  @Test
  void pausedTypesStayInTheSet() {
    TypeSet types =
        compute(
            "resources: [{group: example.com, resource: widgets, paused: true}]",
            served(widgets("v1")),
            served(widgets("v1")));

    assertThat(types.synced()).containsOnlyKeys(WIDGETS);
  }

  @Test
  void anInactiveSyncTargetHasNoTypes() throws InterruptedException {
    Selection inactive = Selection.of(Yaml.tree("spec: {}"), Set.of("three-way-merge"), Set.of());

    TypeSet types =
        TypeSets.compute(inactive, served(widgets("v1")), served(widgets("v1")), DEDUCED);

    assertThat(types.synced()).isEmpty();
    assertThat(types.leftOut()).isEmpty();
  }
}
