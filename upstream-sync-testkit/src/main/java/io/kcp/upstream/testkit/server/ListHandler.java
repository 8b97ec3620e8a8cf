package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers GET of a collection. */
final class ListHandler {
  private static final String TOO_OLD =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided"
          + " token results in an inconsistent list - objects that were created, modified, or"
          + " deleted between the time the first chunk was returned and now may show up in the"
          + " list.";

  private ListHandler() {}

  static Reply handle(Call call) {
    Selection selection = Selection.of(call);
    View view = View.ofList(call);
    checkOptions(call);
    long limit = call.query().number("limit", 0);
    call.query().number("timeoutSeconds", 0); // counts for nothing, but must be a number
    String token = call.query().get("continue");
    Listing all = token.isEmpty() ? firstPage(call) : nextPage(call, ContinueToken.decode(token));
    List<Stored> page = new ArrayList<>();
    Stored last = null;
    long remaining = 0;
    boolean every = selection.isAll();
    for (Stored item : all.items()) {
      if (!every && !selection.matches(view.object(item))) {
        continue;
      }
      if (limit > 0 && page.size() == limit) {
        remaining++;
        continue;
      }
      page.add(item);
      last = item;
    }
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (remaining > 0 && last != null) {
      metadata.put(
          "continue", ContinueToken.after(all.version(), call.scope(), last.key()).encode());
      if (selection.isAll()) {
        metadata.put("remainingItemCount", remaining);
      }
    } else if (call.resource().is(Trait.CUSTOM)) {
      metadata.put("continue", "");
    }
    metadata.put("resourceVersion", Long.toString(all.version()));
    return Reply.of(200, view.accept(), view.list(metadata, page));
  }

  private static void checkOptions(Call call) {
    String match = call.query().get("resourceVersionMatch");
    String version = call.query().get("resourceVersion");
    String problem = "";
    if (call.query().isTrue("sendInitialEvents")) {
      throw invalidOptions(
          "sendInitialEvents", "Forbidden: sendInitialEvents is forbidden for list");
    }
    if (match.isEmpty()) {
      return;
    }
    if (!call.query().get("continue").isEmpty()) {
      problem = "Forbidden: resourceVersionMatch is forbidden when continue is provided";
    } else if (version.isEmpty()) {
      problem = "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided";
    } else if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
      problem =
          "Unsupported value: \"%s\": supported values: \"Exact\", \"NotOlderThan\", \"\""
              .formatted(match);
    } else if (match.equals("Exact") && version.equals("0")) {
      problem = "Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"";
    }
    if (!problem.isEmpty()) {
      throw invalidOptions("resourceVersionMatch", problem);
    }
  }

  static ApiException invalidOptions(String field, String problem) {
    String reason =
        problem.startsWith("Forbidden") ? "FieldValueForbidden" : "FieldValueNotSupported";
    return ApiException.invalid(
        new ResourceName("meta.k8s.io", "ListOptions"),
        "",
        List.of(new FieldError(field, reason, problem)));
  }

  private static Listing firstPage(Call call) {
    String text = call.query().get("resourceVersion");
    if (text.isEmpty() || text.equals("0")) {
      return call.store().list(call.shelf(), call.scope());
    }
    long version = Versions.parse(text);
    if (version < 0) {
      throw ApiException.badRequest("invalid resource version: " + Versions.problem(text));
    }
    Versions.await(call.store(), version);
    if (!call.query().get("resourceVersionMatch").equals("Exact")) {
      return call.store().list(call.shelf(), call.scope());
    }
    Listing then = call.store().listAt(call.shelf(), call.scope(), version);
    if (then == null) {
      throw ApiException.expired("The resourceVersion for the provided list is too old.");
    }
    return then;
  }

  private static Listing nextPage(Call call, ContinueToken token) {
    String version = call.query().get("resourceVersion");
    if (!version.isEmpty() && !version.equals("0")) {
      throw ApiException.badRequest(
          "specifying resource version is not allowed when using continue");
    }
    Versions.await(call.store(), token.version());
    Listing then =
        token.version() < 0
            ? call.store().list(call.shelf(), call.scope())
            : call.store().listAt(call.shelf(), call.scope(), token.version());
    if (then == null) {
      throw ApiException.expired(TOO_OLD)
          .withContinue(new ContinueToken(-1, token.start()).encode());
    }
    List<Stored> rest =
        then.items().stream().filter(item -> token.isBefore(call.scope(), item.key())).toList();
    return new Listing(then.version(), rest);
  }
}
