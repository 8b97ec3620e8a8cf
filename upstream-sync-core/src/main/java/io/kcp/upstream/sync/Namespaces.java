package io.kcp.upstream.sync;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.SyncKeys;
import io.kcp.upstream.wire.RequestException;
import java.util.Map;
import java.util.Set;

/** Makes namespaces upstream for the copies that need them; such a namespace carries our mark. */
final class Namespaces {
  static final ResourceType TYPE =
      new ResourceType(
          GroupResource.parse("namespaces"), "v1", "Namespace", false, Set.of(), Set.of());

  private final SyncScope scope;
  private final Writer writer;

  Namespaces(SyncScope scope, Writer writer) {
    this.scope = scope;
    this.writer = writer;
  }

  /** One that is there already stays as it is, whoever made it. */
  void make(String name) throws InterruptedException {
    String label = scope.targetKey().label();
    ObjectTree body =
        ObjectTree.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", name, "labels", Map.of(label, SyncKeys.STATE_UPSYNC))));
    String manager = scope.managers().main();
    try {
      ObjectTree made = writer.create(TYPE, body, manager);
      FieldSet ours = FieldSet.of(FieldPath.of("metadata", "labels", label));
      writer.patch(TYPE, made, ManagedFields.asApplied(made, manager, ours), manager);
    } catch (RequestException e) {
      // 409: it is there by now, or somebody changed it since; the entry is put right when met.
      if (e.code() != 409) {
        throw e;
      }
    }
  }
}
