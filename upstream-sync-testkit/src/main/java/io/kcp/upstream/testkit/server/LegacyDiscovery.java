package io.kcp.upstream.testkit.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The discovery documents of old: one per group and version. */
final class LegacyDiscovery {
  private final Registry registry;

  LegacyDiscovery(Registry registry) {
    this.registry = registry;
  }

  /** The document at {@code /api}. */
  static Map<String, Object> core() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", "APIVersions");
    document.put("versions", List.of("v1"));
    document.put(
        "serverAddressByClientCIDRs",
        List.of(Map.of("clientCIDR", "0.0.0.0/0", "serverAddress", "127.0.0.1")));
    return document;
  }

  /** The document at {@code /apis}. */
  Map<String, Object> groups() {
    List<Map<String, Object>> groups = new ArrayList<>();
    registry
        .groups()
        .forEach(
            (group, versions) -> {
              if (!group.isEmpty()) {
                groups.add(group(new LinkedHashMap<>(), group, versions));
              }
            });
    Map<String, Object> document = document("APIGroupList");
    document.put("groups", groups);
    return document;
  }

  /** The document at {@code /apis/<group>}. */
  Map<String, Object> group(String group) {
    List<String> versions = registry.groups().getOrDefault(group, List.of());
    return group(document("APIGroup"), group, versions);
  }

  private static Map<String, Object> group(
      Map<String, Object> document, String group, List<String> versions) {
    List<Map<String, Object>> entries =
        versions.stream().map(version -> version(group, version)).toList();
    document.put("name", group);
    document.put("versions", entries);
    document.put("preferredVersion", entries.get(0));
    return document;
  }

  private static Map<String, Object> version(String group, String version) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("groupVersion", group + "/" + version);
    entry.put("version", version);
    return entry;
  }

  /** The document at {@code /api/v1} or {@code /apis/<group>/<version>}. */
  Map<String, Object> resources(String group, String version) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Resource resource : registry.in(group, version)) {
      Version served = resource.served(version);
      if (served != null) {
        entries.add(resource(resource, served));
        served.subresources().forEach(sub -> entries.add(subresource(resource, sub)));
      }
    }
    Map<String, Object> document = document("APIResourceList");
    if (group.isEmpty()) {
      document.remove("apiVersion");
    }
    document.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    document.put("resources", entries);
    return document;
  }

  private static Map<String, Object> resource(Resource resource, Version version) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", resource.id().name());
    entry.put("singularName", resource.singular());
    entry.put("namespaced", resource.namespaced());
    entry.put("kind", resource.kind());
    entry.put("verbs", version.verbs());
    if (!resource.shortNames().isEmpty()) {
      entry.put("shortNames", resource.shortNames());
    }
    if (!resource.categories().isEmpty()) {
      entry.put("categories", resource.categories());
    }
    if (version.verbs().contains("list")) {
      entry.put("storageVersionHash", storageVersionHash(resource));
    }
    return entry;
  }

  private static String storageVersionHash(Resource resource) {
    String stored =
        "%s/%s/%s".formatted(resource.group(), resource.storage().name(), resource.kind());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(stored.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static Map<String, Object> subresource(Resource resource, Subresource sub) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", resource.id().name() + "/" + sub.name());
    entry.put("singularName", "");
    entry.put("namespaced", resource.namespaced());
    if (!sub.version().isEmpty()) {
      entry.put("group", sub.group());
      entry.put("version", sub.version());
    }
    entry.put("kind", sub.kind());
    entry.put("verbs", sub.verbs());
    return entry;
  }

  private static Map<String, Object> document(String kind) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", kind);
    document.put("apiVersion", "v1");
    return document;
  }
}
