package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules for the metadata of all objects. */
final class MetaValidation {
  private static final int MAX_ANNOTATIONS = 256 * 1024;
  private static final Set<String> LABEL_NAMES = Set.of("namespaces", "services");
  private static final Set<String> FREE_NAMES =
      Set.of("roles", "rolebindings", "clusterroles", "clusterrolebindings");

  static final Set<String> STANDARD_FINALIZERS =
      Set.of("foregroundDeletion", "orphan", "kubernetes");

  private MetaValidation() {}

  static List<FieldError> errors(
      Resource resource, @Nullable Map<String, Object> live, Map<String, Object> object) {
    List<FieldError> errors = new ArrayList<>();
    if (live == null) {
      name(resource, Meta.name(object)).ifPresent(errors::add);
    } else {
      unchanged(live, object, errors);
      newFinalizers(live, object).ifPresent(errors::add);
    }
    labels(object, errors);
    annotations(object, errors);
    finalizers(resource, object, errors);
    owners(object, errors);
    return errors;
  }

  private static Optional<FieldError> name(Resource resource, String name) {
    if (name.isEmpty()) {
      return Optional.of(
          new FieldError(
              "metadata.name",
              "FieldValueRequired",
              "Required value: name or generateName is required"));
    }
    Optional<String> problem;
    if (resource.group().isEmpty() && LABEL_NAMES.contains(resource.id().name())) {
      problem = Names.labelProblem(name);
    } else if (FREE_NAMES.contains(resource.id().name())) {
      problem = Names.pathSegmentProblem(name);
    } else {
      problem = Names.subdomainProblem(name);
    }
    return problem.map(why -> invalid("metadata.name", name, why));
  }

  private static void unchanged(
      Map<String, Object> live, Map<String, Object> object, List<FieldError> errors) {
    for (String field : List.of("name", "namespace", "uid")) {
      String was = Tree.string(live, "metadata", field);
      String is = Tree.string(object, "metadata", field);
      if (!Objects.equals(was, is)) {
        errors.add(invalid("metadata." + field, is, "field is immutable"));
      }
    }
  }

  private static Optional<FieldError> newFinalizers(
      Map<String, Object> live, Map<String, Object> object) {
    if (!Meta.isDeleting(live)) {
      return Optional.empty();
    }
    List<String> added = new ArrayList<>(Meta.finalizers(object));
    added.removeAll(Meta.finalizers(live));
    added.sort(null);
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FieldError(
                "metadata.finalizers",
                "FieldValueForbidden",
                "Forbidden: no new finalizers can be added if the object is being deleted, found"
                    + " new finalizers []string{\""
                    + String.join("\", \"", added)
                    + "\"}"));
  }

  private static void labels(Map<String, Object> object, List<FieldError> errors) {
    new TreeMap<>(Meta.labels(object))
        .forEach(
            (key, value) -> {
              Names.labelKeyProblem(key)
                  .ifPresent(why -> errors.add(invalid("metadata.labels", key, why)));
              Names.labelValueProblem(String.valueOf(value))
                  .ifPresent(
                      why -> errors.add(invalid("metadata.labels", String.valueOf(value), why)));
            });
  }

  private static void annotations(Map<String, Object> object, List<FieldError> errors) {
    long size = 0;
    for (Map.Entry<String, Object> entry : Tree.map(object, "metadata", "annotations").entrySet()) {
      size += entry.getKey().length() + String.valueOf(entry.getValue()).length();
      Names.labelKeyProblem(entry.getKey().toLowerCase(java.util.Locale.ROOT))
          .ifPresent(why -> errors.add(invalid("metadata.annotations", entry.getKey(), why)));
    }
    if (size > MAX_ANNOTATIONS) {
      errors.add(
          new FieldError(
              "metadata.annotations",
              "FieldValueTooLong",
              "Too long: may not be more than " + MAX_ANNOTATIONS + " bytes"));
    }
  }

  private static void finalizers(
      Resource resource, Map<String, Object> object, List<FieldError> errors) {
    int index = 0;
    for (String finalizer : Meta.finalizers(object)) {
      Names.labelKeyProblem(finalizer)
          .ifPresent(why -> errors.add(invalid("metadata.finalizers", finalizer, why)));
      boolean qualified = finalizer.contains("/") || finalizer.contains(".");
      if (!qualified && !STANDARD_FINALIZERS.contains(finalizer) && !resource.is(Trait.CUSTOM)) {
        errors.add(
            invalid(
                "metadata.finalizers[" + index + "]",
                finalizer,
                "name is neither a standard finalizer name nor is it fully qualified"));
      }
      index++;
    }
  }

  private static void owners(Map<String, Object> object, List<FieldError> errors) {
    List<Map<String, Object>> controllers = new ArrayList<>();
    List<Map<String, Object>> owners = Tree.maps(object, "metadata", "ownerReferences");
    for (Map<String, Object> owner : owners) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (Tree.string(owner, field).isEmpty()) {
          String why =
              field.equals("apiVersion") ? "version must not be empty" : "must not be empty";
          errors.add(invalid("metadata.ownerReferences." + field, "", why));
        }
      }
      if (Tree.isTrue(owner, "controller")) {
        controllers.add(owner);
      }
    }
    if (controllers.size() > 1) {
      String why =
          "Only one reference can have Controller set to true. Found \"true\" in references for"
              + " %s and %s".formatted(shortly(controllers.get(0)), shortly(controllers.get(1)));
      String value = new String(Json.bytes(owners), StandardCharsets.UTF_8);
      errors.add(
          new FieldError(
              "metadata.ownerReferences",
              "FieldValueInvalid",
              "Invalid value: " + value + ": " + why));
    }
  }

  private static String shortly(Map<String, Object> owner) {
    return Tree.string(owner, "kind") + "/" + Tree.string(owner, "name");
  }

  static FieldError invalid(String field, String value, String why) {
    return new FieldError(field, "FieldValueInvalid", "Invalid value: \"" + value + "\": " + why);
  }
}
