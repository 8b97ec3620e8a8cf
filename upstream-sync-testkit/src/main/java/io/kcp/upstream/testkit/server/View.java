package io.kcp.upstream.testkit.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows stored objects to one client: in its version, and in the form that it accepts. */
final class View {
  private final Call call;
  private final Accept accept;

  private View(Call call, Accept accept) {
    this.call = call;
    this.accept = accept;
  }

  /** For one object, or the events of a watch. */
  static View ofObjects(Call call) {
    return new View(call, Accept.of(call.header("accept"), View::isForm));
  }

  static View ofList(Call call) {
    return ofObjects(call);
  }

  /** Of the partial forms, one is for objects and one for lists. */
  private void require(String partial, String what, String suffix) {
    if (accept.as().startsWith("Partial") && !accept.as().equals(partial)) {
      throw ApiException.notAcceptable(
          "you requested %s, but the requested object is %s (*%s)"
              .formatted(accept.as(), what, goType(call.resource(), suffix)),
          false);
    }
  }

  /** What a server written in Go calls the type of an answer. */
  private static String goType(Resource resource, String suffix) {
    if (resource.is(Trait.CUSTOM)) {
      return "unstructured.Unstructured" + suffix;
    }
    String group = resource.group().isEmpty() ? "core" : resource.group();
    int dot = group.indexOf('.');
    return (dot < 0 ? group : group.substring(0, dot)) + "." + resource.kind() + suffix;
  }

  private static boolean isForm(Accept offer) {
    return offer.group().equals("meta.k8s.io")
        && (offer.version().equals("v1") || offer.version().equals("v1beta1"))
        && List.of("Table", "PartialObjectMetadata", "PartialObjectMetadataList")
            .contains(offer.as());
  }

  Accept accept() {
    return accept;
  }

  boolean isTable() {
    return accept.as().equals("Table");
  }

  /** The object itself in the client's version. */
  Map<String, Object> object(Stored stored) {
    return Conversion.view(call.server().kcp(), call.resource(), call.version(), stored);
  }

  /** An object, stored or about to be, in the client's form. */
  Map<String, Object> form(Map<String, Object> object) {
    require("PartialObjectMetadata", "not a list", "");
    if (isTable()) {
      return table(List.of(object), Map.of("resourceVersion", Meta.version(object)), true);
    }
    return accept.as().isEmpty() ? object : partial(object);
  }

  /** The object of a watch event. */
  byte[] eventJson(Stored stored, boolean first) {
    if (!accept.as().isEmpty()) {
      Map<String, Object> object = object(stored);
      return Json.bytes(
          isTable()
              ? table(List.of(object), Map.of("resourceVersion", Meta.version(object)), first)
              : partial(object));
    }
    byte[] cached = stored.cachedJson(call.apiVersion());
    return cached == null ? stored.json(call.apiVersion(), object(stored)) : cached;
  }

  Map<String, Object> list(Map<String, Object> metadata, List<Stored> items) {
    require("PartialObjectMetadataList", "a list", "List");
    List<Map<String, Object>> objects = new ArrayList<>(items.size());
    items.forEach(item -> objects.add(object(item)));
    if (isTable()) {
      return table(objects, metadata, true);
    }
    boolean partial = !accept.as().isEmpty();
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kind", partial ? accept.as() : call.resource().listKind());
    list.put("apiVersion", partial ? "meta.k8s.io/" + accept.version() : call.apiVersion());
    Map<String, Object> shown = new LinkedHashMap<>(metadata);
    if (partial) {
      shown.remove("continue", "");
    }
    list.put("metadata", shown);
    List<Map<String, Object>> shownItems =
        objects.stream().map(item -> partial ? partial(item) : item(item)).toList();
    if (partial && shownItems.isEmpty()) {
      list.put("items", null);
    } else {
      list.put("items", shownItems);
    }
    return list;
  }

  private Map<String, Object> item(Map<String, Object> object) {
    return call.resource().is(Trait.CUSTOM)
        ? object
        : Tree.without(Tree.without(object, "kind"), "apiVersion");
  }

  private Map<String, Object> partial(Map<String, Object> object) {
    String version = accept.version().isEmpty() ? "v1" : accept.version();
    Map<String, Object> partial = new LinkedHashMap<>();
    partial.put("kind", "PartialObjectMetadata");
    partial.put("apiVersion", "meta.k8s.io/" + version);
    partial.put("metadata", Tree.map(object, "metadata"));
    return partial;
  }

  private Map<String, Object> table(
      List<Map<String, Object>> objects, Map<String, Object> metadata, boolean header) {
    Table table = Table.of(call.resource(), call.version(), call.server().instant());
    String include = call.query().get("includeObject");
    if (!List.of("", "None", "Metadata", "Object").contains(include)) {
      throw ApiException.badRequest(
          "Unable to convert to Table as requested: includeObject: Invalid value: \"%s\": must be 'Metadata', 'Object', 'None', or empty"
              .formatted(include));
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Map<String, Object> object : objects) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("cells", table.cells(object));
      row.put("object", include.equals("Object") ? object : partial(object));
      if (include.equals("None")) {
        row.put("object", null);
      }
      rows.add(row);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", "Table");
    result.put("apiVersion", "meta.k8s.io/" + accept.version());
    Map<String, Object> shown = new LinkedHashMap<>(metadata);
    shown.remove("continue", "");
    result.put("metadata", shown);
    result.put("columnDefinitions", header ? table.definitions() : List.of());
    result.put("rows", rows);
    return result;
  }
}
