package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import io.kcp.upstream.testkit.apply.PatchException;
import io.kcp.upstream.testkit.apply.Patches;
import io.kcp.upstream.testkit.apply.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Answers PATCH. */
final class PatchHandler {
  private static final String JSON_PATCH = "application/json-patch+json";
  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String APPLY = "application/apply-patch+yaml";

  private PatchHandler() {}

  static Reply handle(Call call) {
    String type = RequestBody.mediaType(call);
    if (type.equals(APPLY)) {
      return ApplyHandler.handle(call);
    }
    boolean known =
        List.of(JSON_PATCH, MERGE).contains(type)
            || (type.equals(STRATEGIC) && !call.resource().is(Trait.CUSTOM));
    if (!known) {
      throw ApiException.unsupportedMediaType(
          type.equals(STRATEGIC)
              ? "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json-patch+json, application/merge-patch+json,"
                  + " application/apply-patch+yaml"
              : "415: Unsupported Media Type",
          !type.equals(STRATEGIC));
    }
    View view = View.ofObjects(call);
    WriteOptions.check(call, "PatchOptions", false);
    RequestBody.checkSize(call.http().body());
    Map<String, Object> updated =
        ObjectUpdate.run(
            call,
            live -> {
              Map<String, Object> patched = patched(call, live, call.version().schema());
              checkIdentity(call, live, patched);
              return ObjectUpdate.managed(call, live, Decoder.decodePatched(call, patched));
            });
    return Reply.of(200, view.accept(), view.form(ObjectCreation.shown(call, updated)));
  }

  /** Applies the call's patch, of any type but apply, to an object. */
  static Map<String, Object> patched(Call call, Map<String, Object> live, Schema schema) {
    try {
      Object patch = Json.parse(call.http().body());
      return switch (RequestBody.mediaType(call)) {
        case JSON_PATCH -> Patches.jsonPatch(live, patch);
        case MERGE -> Patches.mergePatch(live, patch);
        case STRATEGIC -> Patches.strategicMerge(live, patch, schema);
        default -> throw ApiException.unsupportedMediaType("415: Unsupported Media Type", true);
      };
    } catch (PatchException e) {
      throw of(e);
    } catch (IOException e) {
      throw ApiException.badRequest("error decoding patch: " + RequestBody.firstLine(e));
    }
  }

  private static ApiException of(PatchException problem) {
    String message = String.valueOf(problem.getMessage());
    return switch (problem.code()) {
      case 400 -> ApiException.badRequest(message);
      case 413 -> ApiException.tooLarge(message);
      case 422 -> ApiException.unprocessable(message);
      default -> ApiException.internal(message);
    };
  }

  static void checkIdentity(Call call, Map<String, Object> live, Map<String, Object> wanted) {
    ObjectUpdateIdentity.check(call, wanted);
    checkUid(call, live, wanted);
  }

  static void checkUid(Call call, Map<String, Object> live, Map<String, Object> wanted) {
    String uid = Meta.uid(wanted);
    if (!uid.isEmpty() && !uid.equals(Meta.uid(live))) {
      throw ApiException.invalid(
          call.resource().kindName(),
          call.path().name(),
          List.of(
              new FieldError(
                  "metadata.uid",
                  "FieldValueInvalid",
                  "Invalid value: \"" + uid + "\": field is immutable")));
    }
  }
}
