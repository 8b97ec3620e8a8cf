package io.kcp.upstream.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.kcp.upstream.discovery.DiscoveryClient;
import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.discovery.OpenApiSchemas;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.Served;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Compares our forms of objects with what two servers make of them. */
final class FormCheck {
  private static final String US = "upstream-sync/edge-1";

  private final ClusterEndpoint physical;
  private final ClusterEndpoint workspace;
  private final OpenApiSchemas schemas;
  private final List<String> postedUnlike = new ArrayList<>();
  private final Map<ClusterEndpoint, Served> served = new HashMap<>();

  FormCheck(ClusterEndpoint physical, ClusterEndpoint workspace) {
    this.physical = physical;
    this.workspace = workspace;
    this.schemas = new OpenApiSchemas(workspace);
  }

  /**
   * Applies each manifest to the physical server, pulls what it became, applies that to the
   * workspace, and says where the workspace's bookkeeping is not as we said it would be.
   */
  List<String> differences(List<ObjectTree> manifests) throws InterruptedException {
    List<String> differences = new ArrayList<>();
    for (ObjectTree manifest : manifests) {
      Pair types = await(manifest);
      ensureNamespace(manifest.namespace());
      ObjectTree made = apply(physical, types.physical(), manifest, "somebody").without("status");
      compare(desired(types, made), differences);
    }
    return differences;
  }

  private record Pair(ResourceType physical, ResourceType upstream) {}

  private Desired desired(Pair types, ObjectTree made) throws InterruptedException {
    ExecutorService none = Executors.newSingleThreadExecutor();
    none.shutdown();
    return new Transformation(
            new TransformSettings(
                "edge-1",
                Map.of(),
                TargetKey.of("c", "edge-1"),
                "workspace",
                NamespaceMapping.same(),
                List.of()),
            new PluginCalls(none, Duration.ofSeconds(1)))
        .desired(
            new SyncedType(types.physical(), types.upstream(), schema(types.upstream())),
            made,
            OwnerLookup.NONE);
  }

  /** The document of a CRD's group comes a moment after its resources. */
  private MergeSchema schema(ResourceType type) throws InterruptedException {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              MergeSchema known = schemas.schemaOf(type);
              if (known.merge() == MergeSchema.Merge.DEDUCED) {
                schemas.refresh();
              }
              return known;
            },
            schema -> schema.merge() != MergeSchema.Merge.DEDUCED);
  }

  private void compare(Desired desired, List<String> differences) throws InterruptedException {
    SyncedType type = desired.type();
    posted(desired).ifPresent(live -> comparePosted(desired, live));
    ObjectTree live = apply(workspace, type.upstream(), desired.object(), US);
    FieldSet ours = OwnedFields.of(live, US, "").orElseThrow().fields();
    FieldSet said = FieldSets.of(desired.object(), type.schema());
    if (!said.equals(ours)) {
      differences.add(
          "%s: fields said and not owned %s, owned and not said %s"
              .formatted(desired.upstream(), said.minus(ours), ours.minus(said)));
    }
    if (!Canonical.digest(desired.object(), type.schema())
        .equals(Canonical.ownedDigest(live, ours, type.schema()))) {
      differences.add(
          "%s: digests differ: %s".formatted(desired.upstream(), values(desired, live, said)));
    }
  }

  /** What a POST would leave; empty where the object is there already. */
  private Optional<ObjectTree> posted(Desired desired) throws InterruptedException {
    String path = desired.type().upstream().path(desired.upstream().namespace());
    ApiRequest post = ApiRequest.post(path, desired.object()).with("dryRun", "All");
    try {
      return Optional.of(workspace.send(post.with("fieldManager", US)).object());
    } catch (RequestException e) {
      assertThat(e.code()).as(String.valueOf(e.getMessage())).isEqualTo(409);
      return Optional.empty();
    }
  }

  private void comparePosted(Desired desired, ObjectTree live) {
    MergeSchema schema = desired.type().schema();
    FieldSet ours = OwnedFields.of(live, US, schema).orElseThrow().fields();
    FieldSet said = FieldSets.of(desired.object(), schema);
    boolean same = said.equals(ours);
    assertThat(
            Canonical.digest(desired.object(), schema)
                .equals(Canonical.ownedDigest(live, ours, schema)))
        .as("%s: %s", desired.upstream(), values(desired, live, said))
        .isEqualTo(same);
    if (!same) {
      postedUnlike.add(
          "%s: fields said and not owned %s, owned and not said %s"
              .formatted(desired.upstream(), said.minus(ours), ours.minus(said)));
    }
  }

  /** Where a POST leaves other fields than an apply does. */
  List<String> postedUnlikeApplied() {
    return postedUnlike;
  }

  private static List<String> values(Desired desired, ObjectTree live, FieldSet fields) {
    List<String> values = new ArrayList<>();
    fields.forEach(
        field -> {
          Object wanted = desired.object().get(field).orElse("absent");
          Object found = live.get(field).orElse("absent");
          if (!wanted.equals(found)) {
            values.add("%s: %s became %s".formatted(field, wanted, found));
          }
        });
    return values;
  }

  /** A CRD is served some time after it was applied. */
  private Pair await(ObjectTree manifest) {
    return new Pair(await(physical, manifest), await(workspace, manifest));
  }

  private ResourceType await(ClusterEndpoint cluster, ObjectTree manifest) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> find(cluster, manifest), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<ResourceType> find(ClusterEndpoint cluster, ObjectTree manifest)
      throws InterruptedException {
    Optional<ResourceType> known = find(served.get(cluster), manifest);
    if (known.isEmpty()) {
      served.put(cluster, new DiscoveryClient(cluster).refresh());
    }
    return known.isPresent() ? known : find(served.get(cluster), manifest);
  }

  private static Optional<ResourceType> find(@Nullable Served served, ObjectTree manifest) {
    return served == null
        ? Optional.empty()
        : served.resources().stream()
            .flatMap(resource -> served.versions(resource).stream())
            .filter(type -> type.apiVersion().equals(manifest.apiVersion()))
            .filter(type -> type.kind().equals(manifest.kind()))
            .findFirst();
  }

  private void ensureNamespace(String namespace) throws InterruptedException {
    if (!namespace.isEmpty()) {
      ObjectTree object =
          Objects.yaml(
              "{apiVersion: v1, kind: Namespace, metadata: {name: '%s'}}".formatted(namespace));
      for (ClusterEndpoint cluster : List.of(physical, workspace)) {
        cluster.send(
            ApiRequest.apply("/api/v1/namespaces/" + namespace, object)
                .with("fieldManager", "admin"));
      }
    }
  }

  private static ObjectTree apply(
      ClusterEndpoint cluster, ResourceType type, ObjectTree object, String manager)
      throws InterruptedException {
    return cluster
        .send(
            ApiRequest.apply(type.path(object.namespace(), object.name()), object)
                .with("fieldManager", manager))
        .object();
  }
}
