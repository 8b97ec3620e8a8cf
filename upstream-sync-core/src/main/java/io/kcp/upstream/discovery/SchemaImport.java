package io.kcp.upstream.discovery;

import io.kcp.upstream.discovery.TypeSet.LeftOut;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import io.kcp.upstream.wire.RequestException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes CRDs in the workspace for selected types that it lacks ({@code schemaImport: IfMissing}).
 * One that is there stays as it is, whoever made it; and none is ever taken away: with a CRD every
 * object of its type would go. Used by one thread at a time.
 */
public final class SchemaImport {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaImport.class);
  private static final String MISSING = "WorkspaceNotServed";
  private static final String UNFINISHED = "SchemaImportFailed";

  /** On the CRDs made here: the name of the SyncTarget that asked for them. */
  public static final String IMPORTED_BY = "upstream.workload.kcp.io/imported-by";

  private final Definitions definitions;
  private final ClusterEndpoint workspace;
  private final String syncTarget;
  private final String manager;

  /** What the workspace refused for good, by the type as the physical cluster serves it. */
  private final Map<ResourceType, LeftOut> refused = new HashMap<>();

  public SchemaImport(
      ClusterEndpoint physical, ClusterEndpoint workspace, String syncTarget, String manager) {
    this.definitions = new Definitions(physical);
    this.workspace = workspace;
    this.syncTarget = syncTarget;
    this.manager = manager;
  }

  /**
   * Makes what is missing; each such type is still left out, with what became of it as the reason:
   * it is found served when the workspace tells so.
   *
   * @param types as computed from what both sides serve
   * @param writes false to make nothing
   */
  public TypeSet fill(Selection selection, TypeSet types, Served physical, boolean writes)
      throws InterruptedException {
    if (!selection.importsSchemas()) {
      return types;
    }
    Map<GroupResource, LeftOut> leftOut = new LinkedHashMap<>(types.leftOut());
    for (Map.Entry<GroupResource, LeftOut> each : leftOut.entrySet()) {
      Optional<ResourceType> below = physical.preferred(each.getKey());
      if (each.getValue().reason().equals(MISSING) && below.isPresent()) {
        each.setValue(writes ? imported(selection, below.get()) : wouldBeImported(each.getKey()));
      }
    }
    return new TypeSet(types.synced(), leftOut);
  }

  private static LeftOut wouldBeImported(GroupResource type) {
    return new LeftOut(
        "Incompatible",
        "SchemaMissing",
        "the workspace does not serve %s; its CRD is made when the SyncTarget is not paused"
            .formatted(type));
  }

  private LeftOut imported(Selection selection, ResourceType type) throws InterruptedException {
    LeftOut known = refused.get(type);
    if (known != null) {
      return known;
    }
    try {
      return sought(selection, type);
    } catch (RequestException e) {
      return failed(type, e);
    }
  }

  private LeftOut failed(ResourceType type, RequestException e) {
    String what =
        "the CRD %s could not be made in the workspace: %s"
            .formatted(Definitions.name(type.resource()), e.getMessage());
    if (e.isTransient()) {
      return new LeftOut("Stale", UNFINISHED, what);
    }
    LeftOut why = new LeftOut("Incompatible", "SchemaImportRefused", what);
    if (e.code() == 400 || e.code() == 422) {
      refused.put(type, why); // it will be the same as long as the type is
      LOG.warn("{}", what);
    }
    return why;
  }

  /** Whether something failed that may pass: it is to be tried again soon. */
  public static boolean isUnfinished(LeftOut why) {
    return why.reason().equals(UNFINISHED);
  }

  private LeftOut sought(Selection selection, ResourceType type) throws InterruptedException {
    Optional<ObjectTree> there = there(type.resource());
    if (there.isPresent()) {
      return standing(type, there.get());
    }
    Optional<ObjectTree> own = definitions.ownCrd(type.resource());
    if (own.isPresent() && selection.selects(Definitions.CRDS.resource())) {
      return new LeftOut(
          "Incompatible", MISSING, "the workspace does not serve it yet: its CRD is pulled itself");
    }
    Optional<ObjectTree> made =
        own.isPresent()
            ? Optional.of(Definitions.copied(own.get(), type))
            : definitions.ofBuiltIn(type);
    if (made.isEmpty()) {
      return new LeftOut(
          "Incompatible",
          "SchemaNotKnown",
          "the physical cluster has neither a CRD nor an OpenAPI schema of " + type.resource());
    }
    post(made.get());
    LOG.info("{}: made the CRD {}", workspace.name(), made.get().name());
    return new LeftOut(
        "Starting",
        "SchemaImported",
        "its CRD was made in the workspace, which will serve it soon");
  }

  private Optional<ObjectTree> there(GroupResource type) throws InterruptedException {
    String name = Definitions.name(type);
    try {
      return Optional.of(workspace.send(ApiRequest.get(Definitions.CRDS.path("", name))).object());
    } catch (RequestException e) {
      if (e.saysNotFound(name)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static LeftOut standing(ResourceType type, ObjectTree crd) {
    for (ObjectTree condition : crd.items("status.conditions")) {
      boolean isFalse = condition.string("status").orElse("").equals("False");
      String kind = condition.string("type").orElse("");
      if (isFalse
          && (kind.equals("NamesAccepted")
              || kind.equals("KubernetesAPIApprovalPolicyConformant"))) {
        return new LeftOut(
            "Incompatible",
            "SchemaNotAccepted",
            "the workspace does not accept the CRD %s: %s"
                .formatted(crd.name(), condition.string("message").orElse("")));
      }
    }
    return new LeftOut(
        "Starting",
        "SchemaImported",
        "the CRD %s is in the workspace, which does not serve %s yet"
            .formatted(crd.name(), type.resource()));
  }

  private void post(ObjectTree crd) throws InterruptedException {
    String mark = FieldPath.of("metadata", "annotations", IMPORTED_BY).toString();
    try {
      workspace.send(
          ApiRequest.post(Definitions.CRDS.path(""), crd.with(mark, syncTarget))
              .with("fieldManager", manager));
    } catch (RequestException e) {
      if (e.code() != 409) { // another made it meanwhile: it stays as it is
        throw e;
      }
    }
  }
}
