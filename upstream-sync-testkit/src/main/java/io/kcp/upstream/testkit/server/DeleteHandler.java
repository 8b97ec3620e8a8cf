package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers DELETE of objects and of collections. */
final class DeleteHandler {
  private DeleteHandler() {}

  static Reply one(Call call) {
    View view = View.ofObjects(call);
    DeleteOptions options = DeleteOptions.of(call);
    Deletion.Result result = Deletion.delete(call, options, call.path().name());
    if (call.resource().id().qualified().equals("jobs.batch") && options.propagation().isEmpty()) {
      call.warnings()
          .add(
              "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning");
    }
    if (result.gone() && !call.resource().is(Trait.RETURNS_DELETED)) {
      Map<String, Object> status =
          ApiException.success(
              call.resource().id(), call.path().name(), Meta.uid(result.object().tree()));
      return Reply.json(200, status);
    }
    Map<String, Object> shown = view.object(result.object());
    if (result.gone() && call.resource().id().qualified().equals("pods")) {
      shown = Deletion.marked(call, shown, Meta.finalizers(shown));
    }
    return Reply.of(200, view.accept(), view.form(shown));
  }

  static Reply collection(Call call) {
    View view = View.ofList(call);
    DeleteOptions options = DeleteOptions.of(call);
    Selection selection = Selection.of(call);
    long limit = call.query().number("limit", 0);
    Listing listing = call.store().list(call.shelf(), call.scope());
    List<Stored> deleted = new ArrayList<>();
    for (Stored item : listing.items()) {
      if (selection.matches(view.object(item)) && (limit == 0 || deleted.size() < limit)) {
        try {
          var unused = Deletion.delete(within(call, item.key()), options, item.key().name());
          deleted.add(item);
        } catch (ApiException e) {
          if (e.code() != 404) { // somebody else was faster: it is gone as asked
            throw e;
          }
        }
      }
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (call.resource().is(Trait.CUSTOM)) {
      metadata.put("continue", "");
    }
    metadata.put("resourceVersion", Long.toString(listing.version()));
    return Reply.of(200, view.accept(), view.list(metadata, deleted));
  }

  /** The same call for the namespace of one object. */
  private static Call within(Call call, ObjectKey key) {
    RequestPath path = call.path();
    return new Call(
        call.server(),
        call.cluster(),
        new RequestPath(
            path.group(), path.version(), key.namespace(), path.resource(), key.name(), "", false),
        call.resource(),
        call.version(),
        call.query(),
        call.http(),
        call.warnings());
  }
}
