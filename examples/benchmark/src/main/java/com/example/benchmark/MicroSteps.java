package com.example.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kcp.upstream.conflict.ConflictResolver;
import io.kcp.upstream.conflict.ConflictSettings;
import io.kcp.upstream.conflict.Dispute;
import io.kcp.upstream.conflict.Fights;
import io.kcp.upstream.conflict.Resolution;
import io.kcp.upstream.conflict.ValueHashes;
import io.kcp.upstream.discovery.ConflictPolicy;
import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.discovery.SyncedType;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Canonical;
import io.kcp.upstream.transform.Desired;
import io.kcp.upstream.transform.Digest;
import io.kcp.upstream.transform.FieldSets;
import io.kcp.upstream.transform.NamespaceMapping;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.transform.PluginCalls;
import io.kcp.upstream.transform.TargetKey;
import io.kcp.upstream.transform.TransformSettings;
import io.kcp.upstream.transform.Transformation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The steps that {@link Micro} measures. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
public class MicroSteps {
  private static final String MANAGER = "upstream-sync/edge-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private byte[] bytes;
  private ObjectTree physical;
  private SyncedType type;
  private Transformation transformation;
  private Desired desired;
  private ObjectTree upstream;
  private Map<String, Object> fieldsV1;
  private ConflictResolver resolver;
  private Dispute dispute;

  /** Makes the object in all its forms. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    bytes = deployment().getBytes(StandardCharsets.UTF_8);
    physical = ObjectTree.of(JSON.readValue(bytes, new TypeReference<Map<String, Object>>() {}));
    ResourceType served =
        new ResourceType(
            new GroupResource("apps", "deployments"),
            "v1",
            "Deployment",
            true,
            Set.of("list", "watch"),
            Set.of("status"));
    type = new SyncedType(served, served, MergeSchema.deduced());
    PluginCalls plugins = new PluginCalls(threads, Duration.ofSeconds(1));
    transformation =
        new Transformation(
            new TransformSettings(
                "edge-1",
                Map.of(),
                TargetKey.of("2vuw", "edge-1"),
                "root:shop",
                NamespaceMapping.same(),
                List.of()),
            plugins);
    desired = transform();
    FieldSet owned = FieldSets.of(desired.object(), type.schema());
    fieldsV1 = owned.toFieldsV1();
    upstream = copy();
    resolver = resolver(plugins);
    dispute =
        new Dispute(
            desired,
            upstream.with("spec.replicas", 9L),
            OwnedFields.of(upstream, MANAGER, ""),
            false,
            Map.of(FieldPath.parse("spec.replicas"), Set.of("autoscaler")));
  }

  private static String deployment() {
    String text = Workload.object(Workload.mixed().kinds().get(9), 7, 1);
    String noise = Workload.noise(3, 2_500);
    return text.replace(
        "\"annotations\":{",
        "\"uid\":\"7f3c\",\"resourceVersion\":\"77\",\"annotations\":{\"n\":\"" + noise + "\",");
  }

  private ObjectTree copy() {
    return desired
        .object()
        .with(
            "metadata.managedFields",
            List.of(
                Map.of(
                    "manager", MANAGER,
                    "operation", "Apply",
                    "apiVersion", "apps/v1",
                    "fieldsType", "FieldsV1",
                    "fieldsV1", fieldsV1)));
  }

  private static ConflictResolver resolver(PluginCalls plugins) {
    ConflictPolicy policy =
        new ConflictPolicy(
            "three-way-merge",
            "client-side-wins",
            Map.of(),
            ConflictPolicy.ObjectOverrides.FORBIDDEN,
            List.of(),
            100);
    return new ConflictResolver(
        new ConflictSettings("root:shop", "edge-1", MANAGER, policy, Map.of()),
        new ValueHashes("key".getBytes(StandardCharsets.UTF_8)),
        plugins,
        new Fights(1_000_000, Duration.ofMinutes(10), Clock.systemUTC()),
        Clock.systemUTC());
  }

  /** Ends the threads of plug-ins. */
  @TearDown(Level.Trial)
  public void end() {
    threads.shutdownNow();
  }

  /** What everything else is compared with. */
  @Benchmark
  public JsonNode jacksonParse() throws IOException {
    return JSON.readTree(bytes);
  }

  /** Physical object to desired object. */
  @Benchmark
  public Desired transform() {
    return transformation.desired(type, physical, uid -> Optional.empty());
  }

  /** Of the desired object. */
  @Benchmark
  public Digest desiredDigest() {
    return Canonical.digest(desired.object(), type.schema());
  }

  /** Of what we own of the copy. */
  @Benchmark
  public Digest ownedDigest() {
    return Canonical.ownedDigest(
        upstream, OwnedFields.of(upstream, MANAGER, "").orElseThrow().fields(), type.schema());
  }

  /** What a server would record for an apply. */
  @Benchmark
  public FieldSet fieldSetExtraction() {
    return FieldSets.of(desired.object(), type.schema());
  }

  /** The other way round. */
  @Benchmark
  public FieldSet fieldsV1Parsing() {
    return FieldSet.ofFieldsV1(fieldsV1);
  }

  /** One field that both sides changed. */
  @Benchmark
  public Resolution threeWayMerge() {
    return resolver.resolve(dispute);
  }
}
