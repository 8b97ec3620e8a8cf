package io.kcp.workload.v1alpha1;

import com.google.gson.annotations.JsonAdapter;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * Stands for one physical cluster in a workspace: the spec says what is pulled up from that
 * cluster, the status reports how it goes. Cluster-scoped.
 *
 * <pre>{@code
 * var targets = new GenericKubernetesApi<>(
 *     SyncTarget.class, SyncTargetList.class,
 *     SyncTarget.GROUP, SyncTarget.VERSION, SyncTarget.PLURAL, client);
 * SyncTarget edge = targets.get("edge-1").throwsApiException().getObject();
 * edge.getSpec().unschedulable = true;
 * targets.update(edge).throwsApiException();
 * }</pre>
 *
 * <p>Made for the {@code Gson} of the official client. Mutable, and not safe for use by many
 * threads.
 */
@JsonAdapter(UnknownMembers.class)
public final class SyncTarget extends KeptMembers implements KubernetesObject {
  /** The API group. */
  public static final String GROUP = "workload.kcp.io";

  /** The version of the API group. */
  public static final String VERSION = "v1alpha1";

  /** The kind of one object. */
  public static final String KIND = "SyncTarget";

  /** The name of the resource, as it stands in URLs. */
  public static final String PLURAL = "synctargets";

  private String apiVersion = GROUP + "/" + VERSION;
  private String kind = KIND;
  private V1ObjectMeta metadata = new V1ObjectMeta();
  private SyncTargetSpec spec = new SyncTargetSpec();
  private @Nullable SyncTargetStatus status;

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public String getKind() {
    return kind;
  }

  @Override
  public V1ObjectMeta getMetadata() {
    return metadata;
  }

  /**
   * Replaces the metadata.
   *
   * @param metadata the new one; kept, not copied
   */
  public void setMetadata(V1ObjectMeta metadata) {
    this.metadata = metadata;
  }

  /**
   * Returns what shall be.
   *
   * @return the spec itself: changes to it are changes to this object
   */
  public SyncTargetSpec getSpec() {
    return spec;
  }

  /**
   * Replaces what shall be.
   *
   * @param spec the new spec; kept, not copied
   */
  public void setSpec(SyncTargetSpec spec) {
    this.spec = spec;
  }

  /**
   * Returns what is.
   *
   * @return the status itself, or null as long as no syncer has reported
   */
  public @Nullable SyncTargetStatus getStatus() {
    return status;
  }

  /**
   * Replaces what is.
   *
   * @param status the new status; kept, not copied
   */
  public void setStatus(@Nullable SyncTargetStatus status) {
    this.status = status;
  }

  /** Returns kind and name. */
  @Override
  public String toString() {
    return KIND + " " + metadata.getName();
  }
}
