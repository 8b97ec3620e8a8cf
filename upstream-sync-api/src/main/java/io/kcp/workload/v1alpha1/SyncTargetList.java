package io.kcp.workload.v1alpha1;

import com.google.gson.annotations.JsonAdapter;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.ArrayList;
import java.util.List;

/** What a server answers to a list request for {@link SyncTarget}s. */
@JsonAdapter(UnknownMembers.class)
public final class SyncTargetList extends KeptMembers implements KubernetesListObject {
  private String apiVersion = SyncTarget.GROUP + "/" + SyncTarget.VERSION;
  private String kind = SyncTarget.KIND + "List";
  private V1ListMeta metadata = new V1ListMeta();
  private List<SyncTarget> items = new ArrayList<>();

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public String getKind() {
    return kind;
  }

  @Override
  public V1ListMeta getMetadata() {
    return metadata;
  }

  /**
   * Replaces the metadata.
   *
   * @param metadata the new one; kept, not copied
   */
  public void setMetadata(V1ListMeta metadata) {
    this.metadata = metadata;
  }

  @Override
  public List<SyncTarget> getItems() {
    return items;
  }

  /**
   * Replaces the items.
   *
   * @param items the new list; kept, not copied
   */
  public void setItems(List<SyncTarget> items) {
    this.items = items;
  }
}
