package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for CRDs themselves. */
final class CrdValidation {
  private CrdValidation() {}

  static List<FieldError> errors(@Nullable Map<String, Object> live, Map<String, Object> crd) {
    List<FieldError> errors = new ArrayList<>();
    required(crd, errors, "spec", "names", "plural");
    required(crd, errors, "spec", "names", "kind");
    String expected = CrdController.crdName(CustomResource.name(crd));
    if (!Meta.name(crd).equals(expected)) {
      errors.add(
          MetaValidation.invalid(
              "metadata.name", Meta.name(crd), "must be spec.names.plural+\".\"+spec.group"));
    }
    String scope = Tree.string(crd, "spec", "scope");
    if (!Set.of("Namespaced", "Cluster").contains(scope)) {
      errors.add(WriteOptions.unsupported("spec.scope", scope, "\"Cluster\", \"Namespaced\""));
    }
    versions(crd, errors);
    if (live != null) {
      for (String[] path :
          List.of(
              new String[] {"spec", "group"},
              new String[] {"spec", "scope"},
              new String[] {"spec", "names", "plural"},
              new String[] {"spec", "names", "kind"})) {
        if (!Tree.string(live, path).equals(Tree.string(crd, path))) {
          errors.add(
              MetaValidation.invalid(
                  String.join(".", path), Tree.string(crd, path), "field is immutable"));
        }
      }
    }
    return errors;
  }

  private static void versions(Map<String, Object> crd, List<FieldError> errors) {
    List<Map<String, Object>> versions = Tree.maps(crd, "spec", "versions");
    long storage = versions.stream().filter(version -> Tree.isTrue(version, "storage")).count();
    if (storage != 1) {
      errors.add(
          new FieldError(
              "spec.versions",
              "FieldValueInvalid",
              "Invalid value: must have exactly one version marked as storage version"));
    }
    for (int i = 0; i < versions.size(); i++) {
      String path = "spec.versions[" + i + "]";
      if (Tree.string(versions.get(i), "name").isEmpty()) {
        errors.add(new FieldError(path + ".name", "FieldValueRequired", "Required value"));
      }
      if (!Tree.has(versions.get(i), "schema", "openAPIV3Schema")) {
        errors.add(
            new FieldError(
                path + ".schema.openAPIV3Schema",
                "FieldValueRequired",
                "Required value: schemas are required"));
      }
    }
  }

  private static void required(Map<String, Object> crd, List<FieldError> errors, String... path) {
    if (Tree.string(crd, path).isEmpty()) {
      errors.add(new FieldError(String.join(".", path), "FieldValueRequired", "Required value"));
    }
  }
}
