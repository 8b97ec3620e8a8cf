package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.CrdSchema;
import io.kcp.upstream.testkit.apply.Schemas;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** Makes the served resource out of a CRD. */
final class CustomResource {
  private static final List<String> VERBS =
      List.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");

  private CustomResource() {}

  /** The name of what a CRD defines. */
  static ResourceName name(Map<String, Object> crd) {
    return new ResourceName(
        Tree.string(crd, "spec", "group"), Tree.string(crd, "spec", "names", "plural"));
  }

  static Resource of(Map<String, Object> crd) {
    Map<String, Object> names = Tree.map(crd, "spec", "names");
    String kind = Tree.string(names, "kind");
    String listKind = Tree.string(names, "listKind");
    String singular = Tree.string(names, "singular");
    List<Version> versions = new ArrayList<>();
    for (Map<String, Object> version : Tree.maps(crd, "spec", "versions")) {
      versions.add(version(version, Tree.isTrue(crd, "spec", "preserveUnknownFields"), kind));
    }
    versions.sort((a, b) -> VersionOrder.compare(a.name(), b.name()));
    return new Resource(
        name(crd),
        singular.isEmpty() ? kind.toLowerCase(java.util.Locale.ROOT) : singular,
        kind,
        listKind.isEmpty() ? kind + "List" : listKind,
        Tree.string(crd, "spec", "scope").equals("Namespaced"),
        Tree.strings(names, "shortNames"),
        Tree.strings(names, "categories"),
        traits(crd),
        List.copyOf(versions));
  }

  private static EnumSet<Trait> traits(Map<String, Object> crd) {
    EnumSet<Trait> traits = EnumSet.of(Trait.CUSTOM, Trait.GENERATION, Trait.NEEDS_VERSION);
    if (Tree.string(crd, "spec", "conversion", "strategy").equals("Webhook")) {
      traits.add(Trait.CONVERTED_BY_WEBHOOK);
    }
    return traits;
  }

  private static Version version(Map<String, Object> version, boolean preserve, String kind) {
    Map<String, Object> openApi = Tree.map(version, "schema", "openAPIV3Schema");
    List<Subresource> subresources = new ArrayList<>();
    boolean status = Tree.has(version, "subresources", "status");
    if (status) {
      subresources.add(new Subresource("status", "", "", kind, Subresource.READ_AND_WRITE));
    }
    if (Tree.has(version, "subresources", "scale")) {
      subresources.add(
          new Subresource("scale", "autoscaling", "v1", "Scale", Subresource.READ_AND_WRITE));
    }
    return new Version(
        Tree.string(version, "name"),
        Tree.isTrue(version, "served"),
        Tree.isTrue(version, "storage"),
        Schemas.ofCrd(openApi, preserve, status),
        CrdSchema.of(openApi, preserve),
        VERBS,
        List.copyOf(subresources),
        version);
  }
}
