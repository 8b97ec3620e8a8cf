package io.kcp.upstream.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.Answer;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class ContentsTest {
  private static final Mark MARK = Mark.of("key");
  private static final ObjectTree NAMESPACE =
      ObjectTree.of(Map.of("kind", "Namespace", "metadata", Map.of("name", "shop")));

  private final ClusterEndpoint workspace = mock(ClusterEndpoint.class);
  private final DiscoveryClient discovery = mock(DiscoveryClient.class);
  private final Contents contents =
      new Contents(
          new Clusters(
              mock(ClusterEndpoint.class), discovery, Optional.empty(), workspace, discovery),
          MARK);

  private static ResourceType type(String resource, boolean namespaced) {
    return new ResourceType(
        GroupResource.parse(resource), "v1", "Kind", namespaced, Set.of("list"), Set.of());
  }

  private void serves(Set<String> stale, ResourceType... types) throws InterruptedException {
    Map<GroupResource, List<ResourceType>> versions = new LinkedHashMap<>();
    List.of(types).forEach(type -> versions.put(type.resource(), List.of(type)));
    when(discovery.refresh()).thenReturn(new Served(versions, stale));
    when(workspace.send(any())).thenReturn(page(""));
  }

  private void holds(String path, Answer... pages) throws InterruptedException {
    List<Answer> rest = new ArrayList<>(List.of(pages));
    when(workspace.send(argThat(request -> request != null && request.path().equals(path))))
        .thenAnswer(call -> rest.remove(0));
  }

  private static Answer page(String next, Map<?, ?>... items) {
    Map<String, Object> list =
        Map.of("metadata", Map.of("continue", next), "items", List.of(items));
    return new Answer(200, Headers.of(), Json.write(list));
  }

  private static Map<String, Object> item(String name) {
    return Map.of("metadata", Map.of("name", name));
  }

  private Optional<String> objection() throws InterruptedException {
    return contents.objection(Namespaces.TYPE, NAMESPACE).map(Finding::reason);
  }

  @Test
  void nothingSpeaksAgainstAnEmptyNamespace() throws InterruptedException {
    serves(Set.of(), type("configmaps", true), type("serviceaccounts", true), type("events", true));
    holds("/api/v1/namespaces/shop/configmaps", page("", item("kube-root-ca.crt")));
    holds("/api/v1/namespaces/shop/serviceaccounts", page("", item("default")));
    holds("/api/v1/namespaces/shop/events", page("", item("an-event")));

    assertThat(objection()).isEmpty();
  }

  @Test
  void findsAStrangersObjectOnALaterPage() throws InterruptedException {
    serves(Set.of(), type("configmaps", true));
    holds(
        "/api/v1/namespaces/shop/configmaps",
        page("more", item("kube-root-ca.crt")),
        page("", item("theirs")));

    assertThat(objection()).contains("ForeignContent");
  }

  @Test
  void waitsForItsOwnCopiesToGoFirst() throws InterruptedException {
    serves(Set.of(), type("secrets", true));
    holds(
        "/api/v1/namespaces/shop/secrets",
        page(
            "", Map.of("metadata", Map.of("name", "s", "labels", Map.of(MARK.label(), "Upsync")))));

    assertThat(objection()).contains("StillFilled");
  }

  @Test
  void aGroupThatDoesNotAnswerSpeaksAgainstIt() throws InterruptedException {
    serves(Set.of("example.com"), type("widgets.example.com", true));

    assertThat(objection()).contains("ContentUnknown");
  }

  @Test
  void aDefinitionStaysWhileThereAreObjectsOfIt() throws InterruptedException {
    serves(Set.of());
    ResourceType crds = type("customresourcedefinitions.apiextensions.k8s.io", false);
    ObjectTree crd =
        ObjectTree.of(
            Map.of(
                "spec",
                Map.of(
                    "group",
                    "example.com",
                    "names",
                    Map.of("plural", "widgets"),
                    "versions",
                    List.of(
                        Map.of("name", "v1", "served", false),
                        Map.of("name", "v2", "served", true)))));

    assertThat(contents.objection(crds, crd)).isEmpty();
    holds("/apis/example.com/v2/widgets", page("", item("w")));
    assertThat(contents.objection(crds, crd).map(Finding::reason)).contains("ForeignContent");
    assertThat(contents.objection(type("configmaps", true), crd)).isEmpty();
  }
}
