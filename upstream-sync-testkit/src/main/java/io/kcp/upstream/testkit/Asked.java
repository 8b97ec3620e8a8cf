package io.kcp.upstream.testkit;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.testkit.http.HttpRequest;

/**
 * What a request asks for, read from its line and headers.
 *
 * @param workspace the path of the workspace; "" where none is named
 * @param place what it is about
 * @param query the query's parameters
 */
record Asked(
    String workspace, Verb verb, Place place, QueryText query, String manager, boolean dryRun) {
  /** What stands for the resource where a path is none; the path is then the name. */
  static final GroupResource PATHS = new GroupResource("", "paths");

  /** The object, collection or path that a request is about, in the words of the journal. */
  record Place(GroupResource resource, String namespace, String name, String subresource) {
    static Place path(String path) {
      return new Place(PATHS, "", path, "");
    }
  }

  static Asked by(HttpRequest request) {
    PathText path = PathText.parse(request.path());
    QueryText query = QueryText.parse(request.query());
    Verb verb = verb(request, path.place(), path.watch() || query.isTrue("watch"));
    return new Asked(
        path.workspace(),
        verb,
        path.place(),
        query,
        manager(request, query),
        dryRun(request, query, verb));
  }

  private static Verb verb(HttpRequest request, Place place, boolean watch) {
    return switch (request.method()) {
      case "POST" -> Verb.CREATE;
      case "PUT" -> Verb.UPDATE;
      case "DELETE" -> Verb.DELETE;
      case "PATCH" -> isApply(request) ? Verb.APPLY : Verb.PATCH;
      default -> {
        boolean collection = place.name().isEmpty();
        yield watch ? Verb.WATCH : collection ? Verb.LIST : Verb.GET;
      }
    };
  }

  private static boolean isApply(HttpRequest request) {
    return request.headers().getOrDefault("content-type", "").startsWith("application/apply-patch");
  }

  private static String manager(HttpRequest request, QueryText query) {
    String agent = request.headers().getOrDefault("user-agent", "");
    int slash = agent.indexOf('/');
    return query.get("fieldManager").orElse(slash < 0 ? agent : agent.substring(0, slash));
  }

  /** Options of a DELETE may stand in its body instead. */
  private static boolean dryRun(HttpRequest request, QueryText query, Verb verb) {
    return query.get("dryRun").isPresent()
        || (verb == Verb.DELETE && JsonText.field(request.body(), "dryRun").size() > 0);
  }

  /** Whether this is the object's {@code /status}. */
  boolean isStatus() {
    return place.subresource().equals("status");
  }
}
