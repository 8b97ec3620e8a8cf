package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.ApplyConflictException;
import io.kcp.upstream.testkit.apply.InvalidConfigException;
import io.kcp.upstream.testkit.apply.ServerSideApply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers PATCH with a server-side apply. */
final class ApplyHandler {
  private ApplyHandler() {}

  static Reply handle(Call call) {
    View view = View.ofObjects(call);
    WriteOptions.check(call, "PatchOptions", true);
    RequestBody.checkSize(call.http().body());
    Map<String, Object> config = config(call);
    for (; ; ) {
      Stored live = call.store().get(call.shelf(), call.key(call.path().name()));
      if (live == null) {
        Map<String, Object> created = create(call, config);
        return Reply.of(201, view.accept(), view.form(ObjectCreation.shown(call, created)));
      }
      try {
        Map<String, Object> updated = ObjectUpdate.run(call, now -> applied(call, now, config));
        return Reply.of(200, view.accept(), view.form(ObjectCreation.shown(call, updated)));
      } catch (ApiException e) {
        if (e.code() != 404 || call.isStatus()) { // else it went in between: create it
          throw e;
        }
      }
    }
  }

  private static Map<String, Object> config(Call call) {
    Map<String, Object> config = Conversion.withoutCluster(parse(call));
    String apiVersion = Tree.string(config, "apiVersion");
    String kind = Tree.string(config, "kind");
    if (apiVersion.isEmpty()
        || !apiVersion.equals(call.apiVersion())
        || !kind.equals(call.resource().kind())) {
      String shown = apiVersion.contains("/") ? apiVersion : "/" + apiVersion;
      throw ApiException.badRequest("invalid object type: " + shown + ", Kind=" + kind);
    }
    if (!Tree.list(config, "metadata", "managedFields").isEmpty()) {
      throw ApiException.badRequest("metadata.managedFields must be nil");
    }
    if (!Meta.name(config).isEmpty()) {
      ObjectUpdateIdentity.checkName(call, config);
    }
    ObjectCreation.checkNamespace(call, config);
    return config;
  }

  private static Map<String, Object> parse(Call call) {
    try {
      Object value = YamlText.parse(call.http().body());
      if (value instanceof java.util.List<?>) {
        throw ApiException.badRequest(
            "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot"
                + " unmarshal array into Go value of type map[string]interface {}");
      }
      return Tree.asMap(value);
    } catch (IOException e) {
      throw ApiException.badRequest("error decoding YAML: " + e.getMessage());
    }
  }

  private static Map<String, Object> create(Call call, Map<String, Object> config) {
    if (call.isStatus() && !call.resource().is(Trait.PUT_CREATES)) {
      throw call.notFound();
    }
    String uid = Meta.uid(config);
    if (!uid.isEmpty()) {
      throw ApiException.conflict(
          call.resource().id(),
          call.path().name(),
          "uid mismatch: the provided object specified uid %s, and no existing object was found"
              .formatted(uid));
    }
    if (Meta.name(config).isEmpty()) {
      throw ApiException.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(call.path().name()));
    }
    Map<String, Object> fresh = Tree.without(config, "metadata", "resourceVersion");
    return ObjectCreation.create(call, Decoder.decodeApplied(call, merged(call, null, fresh)));
  }

  private static Map<String, Object> applied(
      Call call, Map<String, Object> live, Map<String, Object> config) {
    Map<String, Object> merged = merged(call, live, config);
    PatchHandler.checkUid(call, live, config);
    Map<String, Object> decoded = Decoder.decodeApplied(call, merged);
    String version = Meta.version(config);
    return version.isEmpty() ? decoded : Tree.with(decoded, version, "metadata", "resourceVersion");
  }

  private static Map<String, Object> merged(
      Call call, @Nullable Map<String, Object> live, Map<String, Object> config) {
    try {
      return ServerSideApply.apply(
          live,
          config,
          call.manager(),
          call.query().isTrue("force"),
          call.version().schema(),
          call.server().instant());
    } catch (ApplyConflictException e) {
      List<Map<String, Object>> causes = e.conflicts().stream().map(ApplyHandler::cause).toList();
      throw ApiException.applyConflict(String.valueOf(e.getMessage()), causes);
    } catch (InvalidConfigException e) {
      String message = String.valueOf(e.getMessage());
      throw e.code() == 400 ? ApiException.badRequest(message) : ApiException.internal(message);
    }
  }

  private static Map<String, Object> cause(ApplyConflictException.Conflict conflict) {
    Map<String, Object> cause = new LinkedHashMap<>();
    cause.put("reason", "FieldManagerConflict");
    cause.put("message", conflict.message());
    cause.put("field", conflict.field());
    return cause;
  }
}
