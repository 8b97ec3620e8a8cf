package io.kcp.upstream.testkit.server;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers for subresources other than status, and for resources that are not stored. */
final class Subresources {
  private Subresources() {}

  private static Reply evict(Call call) {
    if (!call.http().method().equals("POST")) {
      throw ApiException.methodNotAllowed();
    }
    Map<String, Object> eviction = RequestBody.read(call);
    DeleteOptions options =
        new DeleteOptions(
            Tree.string(eviction, "deleteOptions", "preconditions", "uid"),
            Tree.string(eviction, "deleteOptions", "preconditions", "resourceVersion"),
            "",
            !Tree.list(eviction, "deleteOptions", "dryRun").isEmpty(),
            Tree.get(eviction, "deleteOptions", "gracePeriodSeconds") instanceof Number seconds
                ? Long.valueOf(seconds.longValue())
                : null);
    var unused = Deletion.delete(call, options, call.path().name());
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", "Success");
    status.put("code", 201L);
    return Reply.json(201, status);
  }

  /** Null when the call is for an object, its status, or a namespace to be finalized. */
  static @Nullable Reply reply(Call call) {
    String subresource = call.path().subresource();
    if (!call.version().verbs().contains("list")) {
      return Reviews.reply(call);
    }
    return switch (subresource) {
      case "", "status", "finalize" -> null;
      case "eviction" -> evict(call);
      case "scale" -> ScaleHandler.handle(call);
      default ->
          throw ApiException.notModelled(call.resource().id().qualified() + "/" + subresource);
    };
  }
}
