package io.kcp.upstream.testkit.server;

/** Answers GET of one object. */
final class GetHandler {
  private GetHandler() {}

  static Reply handle(Call call) {
    View view = View.ofObjects(call);
    String text = call.query().get("resourceVersion");
    if (!text.isEmpty()) {
      long version = Versions.parse(text);
      if (version < 0) {
        throw ApiException.internal(Versions.problem(text));
      }
      Versions.await(call.store(), version);
    }
    Stored found = call.store().get(call.shelf(), call.key(call.path().name()));
    if (found == null) {
      throw call.notFound();
    }
    return Reply.of(200, view.accept(), view.form(view.object(found)));
  }
}
