package io.kcp.upstream.testkit.server;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Discovery in one document, with an ETag. */
final class AggregatedDiscovery {
  private AggregatedDiscovery() {}

  /** Whether the client asks for it in a version that there is. */
  static boolean isOffered(Accept accept) {
    return accept.as().equals("APIGroupDiscoveryList")
        && accept.group().equals("apidiscovery.k8s.io")
        && accept.version().equals("v2");
  }

  /**
   * @param core whether the core group is asked for, else all others
   * @param known the ETag that the client has, "" for none
   */
  static Reply reply(Registry registry, boolean core, Accept accept, String known) {
    byte[] body = Json.bytes(document(registry, core));
    String tag = "\"" + hash(body) + "\"";
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            accept.contentType(),
            "ETag",
            tag,
            "Vary",
            "Accept",
            "Cache-Control",
            "public");
    return known.equals(tag) ? new Reply(304, headers, new byte[0]) : new Reply(200, headers, body);
  }

  static String hash(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(body);
      return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-512 is in every JDK", e);
    }
  }

  private static Map<String, Object> document(Registry registry, boolean core) {
    List<Map<String, Object>> items = new ArrayList<>();
    registry
        .groups()
        .forEach(
            (group, versions) -> {
              if (group.isEmpty() == core) {
                List<Map<String, Object>> entries =
                    versions.stream().map(version -> version(registry, group, version)).toList();
                Map<String, Object> item = new LinkedHashMap<>();
                item.put("metadata", core ? Map.of() : Map.of("name", group));
                item.put("versions", entries);
                items.add(item);
              }
            });
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", "APIGroupDiscoveryList");
    document.put("apiVersion", "apidiscovery.k8s.io/v2");
    document.put("metadata", Map.of());
    document.put("items", items);
    return document;
  }

  private static Map<String, Object> version(Registry registry, String group, String version) {
    List<Map<String, Object>> resources = new ArrayList<>();
    for (Resource resource : registry.in(group, version)) {
      Version served = resource.served(version);
      if (served != null) {
        resources.add(resource(resource, served));
      }
    }
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("version", version);
    entry.put("resources", resources);
    entry.put("freshness", "Current");
    return entry;
  }

  private static Map<String, Object> resource(Resource resource, Version version) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("resource", resource.id().name());
    boolean custom = resource.is(Trait.CUSTOM);
    entry.put(
        "responseKind",
        kind(custom ? resource.group() : "", custom ? version.name() : "", resource.kind()));
    entry.put("scope", resource.namespaced() ? "Namespaced" : "Cluster");
    entry.put("singularResource", resource.singular());
    entry.put("verbs", version.verbs());
    if (!resource.shortNames().isEmpty()) {
      entry.put("shortNames", resource.shortNames());
    }
    if (!resource.categories().isEmpty()) {
      entry.put("categories", resource.categories());
    }
    List<Map<String, Object>> subresources =
        version.subresources().stream()
            .map(
                sub ->
                    subresource(sub, custom ? resource.group() : "", custom ? version.name() : ""))
            .toList();
    if (!subresources.isEmpty()) {
      entry.put("subresources", subresources);
    }
    return entry;
  }

  private static Map<String, Object> subresource(Subresource sub, String group, String version) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("subresource", sub.name());
    entry.put(
        "responseKind",
        sub.version().isEmpty()
            ? kind(group, version, sub.kind())
            : kind(sub.group(), sub.version(), sub.kind()));
    entry.put("verbs", sub.verbs());
    return entry;
  }

  private static Map<String, Object> kind(String group, String version, String kind) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("group", group);
    entry.put("version", version);
    entry.put("kind", kind);
    return entry;
  }
}
