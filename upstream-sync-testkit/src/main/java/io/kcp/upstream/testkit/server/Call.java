package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.Manager;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.List;

/**
 * One request for a resource that is served.
 *
 * @param warnings collects what the answer's Warning headers say
 */
record Call(
    Server server,
    LogicalCluster cluster,
    RequestPath path,
    Resource resource,
    Version version,
    Query query,
    HttpRequest http,
    List<String> warnings) {
  Store store() {
    return server.store();
  }

  String apiVersion() {
    return resource.apiVersion(version);
  }

  String header(String name) {
    return http.headers().getOrDefault(name, "");
  }

  ObjectKey key(String name) {
    return new ObjectKey(cluster.name(), path.namespace(), name);
  }

  Scope scope() {
    return new Scope(cluster.name(), path.namespace());
  }

  ResourceName shelf() {
    return EventConversion.shelf(resource.id());
  }

  boolean isStatus() {
    return path.subresource().equals("status");
  }

  boolean isDryRun() {
    return query.get("dryRun").equals("All");
  }

  /** The field manager by the query, else by the client's User-Agent. */
  Manager manager() {
    String name = query.get("fieldManager");
    if (name.isEmpty()) {
      String agent = header("user-agent");
      int slash = agent.indexOf('/');
      name = slash < 0 ? agent : agent.substring(0, slash);
      name = name.substring(0, Math.min(128, name.length()));
    }
    return new Manager(name, apiVersion(), path.subresource());
  }

  ApiException notFound() {
    return ApiException.notFound(resource.id(), path.name());
  }
}
