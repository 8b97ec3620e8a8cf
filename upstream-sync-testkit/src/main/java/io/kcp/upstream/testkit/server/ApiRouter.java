package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.http.HttpAnswer;
import io.kcp.upstream.testkit.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what a request to one logical cluster is about, and who answers it. */
final class ApiRouter {
  private final Server server;

  ApiRouter(Server server) {
    this.server = server;
  }

  /**
   * @param path below the logical cluster
   */
  void handle(LogicalCluster cluster, String path, HttpRequest request, HttpAnswer answer) {
    List<String> warnings = new ArrayList<>();
    Responder responder = new Responder(request, answer, warnings);
    try {
      if (path.startsWith("//")) {
        throw ApiException.pageNotFound();
      }
      List<String> parts = RequestPath.parts(path);
      Reply plain = PlainPaths.reply(server, cluster, parts, request);
      if (plain != null) {
        responder.send(plain);
        return;
      }
      Call call = call(cluster, parts, request, warnings);
      if (call.path().name().isEmpty()
          && request.method().equals("GET")
          && cluster.registry().isFirstLook(call.resource().id())) {
        throw ApiException.initializing();
      }
      if (isWatch(call)) {
        WatchHandler.handle(call, responder.headers(), answer);
      } else {
        responder.send(reply(call));
      }
    } catch (ApiException e) {
      responder.send(Reply.of(e));
    }
  }

  private Call call(
      LogicalCluster cluster, List<String> parts, HttpRequest request, List<String> warnings) {
    RequestPath path = RequestPath.of(parts);
    if (path == null) {
      throw ApiException.pageNotFound();
    }
    Query query = Query.parse(request.query());
    if (path.watch() && !path.name().isEmpty()) {
      query = query.with("fieldSelector", "metadata.name=" + path.name());
      path = path.ofCollection();
    }
    Resource resource = cluster.registry().find(new ResourceName(path.group(), path.resource()));
    Version version = resource == null ? null : resource.served(path.version());
    if (resource == null || version == null) {
      throw unknown(cluster, path);
    }
    Call call = new Call(server, cluster, path, resource, version, query, request, warnings);
    checkPlace(call);
    Deprecation.warn(call);
    checkConversion(resource, version);
    return call;
  }

  private static void checkConversion(Resource resource, Version version) {
    if (version.storage()) {
      return;
    }
    if (resource.is(Trait.CONVERTED_BY_WEBHOOK)) {
      throw ApiException.notModelled(
          "the conversion of %s to %s by a webhook"
              .formatted(resource.id().qualified(), version.name()));
    }
  }

  private static ApiException unknown(LogicalCluster cluster, RequestPath path) {
    return cluster.registry().hasBuiltInGroup(path.group())
        ? ApiException.noSuchResource()
        : ApiException.pageNotFound();
  }

  /** Namespaced resources need a namespace, others must not have one. */
  private static void checkPlace(Call call) {
    RequestPath path = call.path();
    boolean namespace = !path.namespace().isEmpty();
    boolean named = !path.name().isEmpty();
    boolean custom = call.resource().is(Trait.CUSTOM);
    if ((namespace && !call.resource().namespaced())
        || (!namespace && named && call.resource().namespaced())) {
      throw custom ? ApiException.pageNotFound() : ApiException.noSuchResource();
    }
    if (!path.subresource().isEmpty() && !call.version().has(path.subresource())) {
      throw custom ? call.notFound() : ApiException.noSuchResource();
    }
    boolean reads = call.http().method().equals("GET");
    if (!namespace && !named && call.resource().namespaced() && !reads) {
      throw custom ? ApiException.pageNotFound() : ApiException.methodNotAllowed();
    }
  }

  private static boolean isWatch(Call call) {
    boolean asked = call.path().watch() || call.query().isTrue("watch");
    return asked
        && call.http().method().equals("GET")
        && call.path().name().isEmpty()
        && call.version().verbs().contains("watch");
  }

  private static Reply reply(Call call) {
    RequestPath path = call.path();
    if (call.cluster().isAll() && !(call.http().method().equals("GET") && path.name().isEmpty())) {
      throw ApiException.methodNotAllowed(
          "%s is not supported in the `*` logical cluster".formatted(call.http().method()),
          call.resource().id());
    }
    Reply special = Subresources.reply(call);
    if (special != null) {
      return special;
    }
    String verb = verb(call);
    Subresource subresource = call.version().subresource(path.subresource());
    List<String> verbs = subresource == null ? call.version().verbs() : subresource.verbs();
    if (verb == null || !verbs.contains(verb)) {
      throw ApiException.methodNotAllowed();
    }
    return switch (verb) {
      case "list" -> ListHandler.handle(call);
      case "get" -> GetHandler.handle(call);
      case "create" -> ObjectCreation.post(call);
      case "update" -> ObjectUpdate.put(call);
      case "patch" -> PatchHandler.handle(call);
      case "delete" -> DeleteHandler.one(call);
      default -> DeleteHandler.collection(call);
    };
  }

  private static @Nullable String verb(Call call) {
    boolean named = !call.path().name().isEmpty();
    String method = call.http().method();
    if (call.resource().is(Trait.CUSTOM)) {
      if (!named && (method.equals("PUT") || method.equals("PATCH"))) {
        throw ApiException.badRequest("name must be provided");
      }
      named &= !method.equals("POST"); // custom resources can be created at either path
    }
    if (!named) {
      return switch (method) {
        case "GET" -> "list";
        case "POST" -> "create";
        case "DELETE" -> "deletecollection";
        default -> null;
      };
    }
    return switch (method) {
      case "GET" -> "get";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> "delete";
      default -> null;
    };
  }
}
