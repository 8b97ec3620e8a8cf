package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.BuiltInDefaults;
import io.kcp.upstream.testkit.apply.CrdSchema;
import io.kcp.upstream.testkit.apply.Pruned;
import io.kcp.upstream.testkit.apply.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Drops what the schema does not know, fills in defaults, and brings objects to one form. */
final class Decoder {
  private static final List<String> EMPTY_IS_ABSENT =
      List.of("labels", "annotations", "finalizers", "ownerReferences");

  private static final String[] NAME_LABEL = {"metadata", "labels", "kubernetes.io/metadata.name"};

  private Decoder() {}

  /** An object of a POST or PUT. */
  static Map<String, Object> decode(Call call, Map<String, Object> object) {
    return decode(call, withoutNulls(call, object), false);
  }

  /** What a patch other than an apply made of an object. */
  static Map<String, Object> decodePatched(Call call, Map<String, Object> object) {
    return decode(call, withoutNulls(call, object), true);
  }

  /** What an apply made of an object; its nulls are values. */
  static Map<String, Object> decodeApplied(Call call, Map<String, Object> object) {
    return decode(call, object, true);
  }

  private static Map<String, Object> withoutNulls(Call call, Map<String, Object> object) {
    CrdSchema crd = call.version().crdSchema();
    return crd == null ? object : crd.dropNulls(object);
  }

  private static Map<String, Object> decode(
      Call call, Map<String, Object> object, boolean patched) {
    Map<String, Object> tidy =
        OwnerReferences.withoutDoubles(call, tidyMetadata(Conversion.withoutCluster(object)));
    if (call.resource().isNamespaces() && !Meta.name(tidy).isEmpty()) {
      tidy = Tree.with(tidy, Meta.name(tidy), NAME_LABEL);
    }
    CrdSchema crd = call.version().crdSchema();
    Pruned pruned =
        crd == null ? BuiltInDefaults.prune(tidy, call.version().schema()) : crd.prune(tidy);
    List<String> doubled = RequestBody.doubled(call);
    if (!pruned.unknown().isEmpty() || !doubled.isEmpty()) {
      complain(call, tidy, problems(doubled, pruned.unknown()), patched);
    }
    if (crd != null) {
      return crd.applyDefaults(pruned.object());
    }
    String problem = Schemas.problem(call.version().schema(), pruned.object());
    if (problem.isEmpty() && call.resource().id().qualified().equals("secrets")) {
      String key = DataValidation.keyThatIsNotBase64(Tree.map(pruned.object(), "data"));
      problem = key.isEmpty() ? "" : "data[" + key + "]: illegal base64 data";
    }
    if (!problem.isEmpty()) {
      throw patched
          ? ApiException.invalidPatch(shown(call, tidy), problem)
          : BodyKind.cannotBe(call, call.resource().kind(), call.apiVersion(), problem);
    }
    Map<String, Object> defaulted =
        BuiltInDefaults.apply(call.resource().group(), call.resource().kind(), pruned.object());
    return call.resource().isCrds() ? CrdStatus.defaulted(defaulted) : defaulted;
  }

  /** What an error may show of an object: of a secret its metadata alone. */
  private static Map<String, Object> shown(Call call, Map<String, Object> object) {
    return call.resource().id().qualified().equals("secrets")
        ? Map.of("metadata", Tree.map(object, "metadata"))
        : object;
  }

  private static List<String> problems(List<String> doubled, List<String> unknown) {
    List<String> problems = new ArrayList<>(doubled);
    unknown.forEach(field -> problems.add("unknown field \"" + field + "\""));
    return problems;
  }

  private static String strictly(List<String> problems) {
    boolean lines = problems.get(0).startsWith("line ");
    return "strict decoding error: "
        + (lines ? "yaml: unmarshal errors:\n  " : "")
        + problems.stream().collect(Collectors.joining(lines ? "\n  " : ", "));
  }

  private static void complain(
      Call call, Map<String, Object> object, List<String> problems, boolean patched) {
    String validation = call.query().get("fieldValidation");
    if (validation.equals("Strict")) {
      String all = strictly(problems);
      if (!patched) {
        throw ApiException.badRequest(
            "%s in version \"%s\" cannot be handled as a %s: %s"
                .formatted(
                    call.resource().kind(), call.version().name(), call.resource().kind(), all));
      }
      throw ApiException.invalidPatch(shown(call, object), all);
    }
    if (!validation.equals("Ignore")) {
      call.warnings().addAll(problems);
    }
  }

  /** Empty maps and lists of the metadata, and nulls, are the same as none. */
  /** A null where a string should be is read as "". */
  private static Object withoutNulls(Object strings) {
    Map<String, Object> map = Tree.asMap(strings);
    if (map.values().stream().noneMatch(java.util.Objects::isNull)) {
      return strings;
    }
    Map<String, Object> copy = new LinkedHashMap<>(map);
    copy.replaceAll((key, value) -> value == null ? "" : value);
    return copy;
  }

  private static Map<String, Object> tidyMetadata(Map<String, Object> object) {
    Map<String, Object> metadata = new LinkedHashMap<>(Tree.map(object, "metadata"));
    metadata.values().removeIf(java.util.Objects::isNull);
    for (String field : EMPTY_IS_ABSENT) {
      Object value = metadata.get(field);
      boolean empty =
          (value instanceof Map<?, ?> map && map.isEmpty())
              || (value instanceof List<?> list && list.isEmpty());
      if (empty) {
        metadata.remove(field);
      }
    }
    metadata.computeIfPresent("labels", (field, value) -> withoutNulls(value));
    metadata.computeIfPresent("annotations", (field, value) -> withoutNulls(value));
    return Tree.with(object, metadata, "metadata");
  }
}
