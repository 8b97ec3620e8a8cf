package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.List;

/** Lets new objects into namespaces that exist and are not being deleted. */
final class NamespaceGate {
  static final ResourceName NAMESPACES = new ResourceName("", "namespaces");

  private NamespaceGate() {}

  static void check(Call call, String name) {
    String namespace = call.path().namespace();
    if (!call.resource().namespaced()) {
      return;
    }
    Stored found =
        call.store().get(NAMESPACES, new ObjectKey(call.cluster().name(), "", namespace));
    if (found == null) {
      throw ApiException.notFound(NAMESPACES, namespace);
    }
    if (Meta.isDeleting(found.tree())) {
      String why =
          "unable to create new content in namespace %s because it is being terminated"
              .formatted(namespace);
      throw ApiException.forbidden(
          call.resource().id(),
          name,
          why,
          List.of(
              new FieldError(
                  "metadata.namespace",
                  "NamespaceTerminating",
                  "namespace " + namespace + " is being terminated")));
    }
  }
}
