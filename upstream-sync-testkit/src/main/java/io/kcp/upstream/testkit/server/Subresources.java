package io.kcp.upstream.testkit.server;

import org.jspecify.annotations.Nullable;

/** Answers for subresources other than status, and for resources that are not stored. */
final class Subresources {
  private Subresources() {}

  /** Null when the call is for an object or its status. */
  static @Nullable Reply reply(Call call) {
    String subresource = call.path().subresource();
    if (!call.version().verbs().contains("list")) {
      return Reviews.reply(call);
    }
    return switch (subresource) {
      case "", "status" -> null;
      case "scale" -> ScaleHandler.handle(call);
      default ->
          throw ApiException.notModelled(call.resource().id().qualified() + "/" + subresource);
    };
  }
}
