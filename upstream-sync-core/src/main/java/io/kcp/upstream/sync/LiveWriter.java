package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.ApiRequest;
import io.kcp.upstream.wire.ClusterEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends the writes. */
final class LiveWriter implements Writer {
  private final ClusterEndpoint workspace;

  LiveWriter(ClusterEndpoint workspace) {
    this.workspace = workspace;
  }

  @Override
  public ObjectTree create(ResourceType type, ObjectTree body, String manager)
      throws InterruptedException {
    return workspace.send(post(type, body, manager)).object();
  }

  /** What {@link #create} would give; nothing is written. */
  ObjectTree tryCreate(ResourceType type, ObjectTree body, String manager)
      throws InterruptedException {
    return workspace.send(post(type, body, manager).with("dryRun", "All")).object();
  }

  private static ApiRequest post(ResourceType type, ObjectTree body, String manager) {
    return ApiRequest.post(type.path(body.namespace()), body).with("fieldManager", manager);
  }

  @Override
  public ObjectTree patch(
      ResourceType type, ObjectTree seen, List<Map<String, Object>> operations, String manager)
      throws InterruptedException {
    List<Map<String, Object>> guarded = new ArrayList<>();
    // The server compares the version that a patch sets: a failed "test" would be 422 instead.
    guarded.add(JsonPatch.test("/metadata/uid", Mark.uid(seen)));
    guarded.add(JsonPatch.replace("/metadata/resourceVersion", Mark.version(seen)));
    guarded.addAll(operations);
    String path = type.path(seen.namespace(), seen.name());
    ApiRequest patch = ApiRequest.patch(path, ApiRequest.JSON_PATCH, guarded);
    return workspace.send(patch.with("fieldManager", manager)).object();
  }

  @Override
  public ObjectTree apply(Write write) throws InterruptedException {
    return workspace.send(request(write)).object();
  }

  @Override
  public ObjectTree tryOut(Write write) throws InterruptedException {
    return workspace.send(request(write).with("dryRun", "All")).object();
  }

  private static ApiRequest request(Write write) {
    return ApiRequest.apply(write.path(), write.body())
        .with("fieldManager", write.manager())
        .with("force", Boolean.toString(write.force()));
  }

  @Override
  public void delete(ResourceType type, ObjectTree seen) throws InterruptedException {
    Map<String, Object> options =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "DeleteOptions",
            "propagationPolicy",
            "Background",
            "preconditions",
            Map.of("uid", Mark.uid(seen), "resourceVersion", Mark.version(seen)));
    workspace.send(ApiRequest.delete(type.path(seen.namespace(), seen.name()), options));
  }
}
