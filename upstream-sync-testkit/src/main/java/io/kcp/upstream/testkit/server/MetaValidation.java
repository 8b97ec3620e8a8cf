package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for the metadata of all objects. */
final class MetaValidation {
  private static final int MAX_ANNOTATIONS = 256 * 1024;
  private static final Set<String> LABEL_NAMES = Set.of("namespaces", "services");
  private static final Set<String> FREE_NAMES =
      Set.of("roles", "rolebindings", "clusterroles", "clusterrolebindings");

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
    Meta.labels(object)
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
    for (String finalizer : Meta.finalizers(object)) {
      Names.labelKeyProblem(finalizer)
          .ifPresent(why -> errors.add(invalid("metadata.finalizers", finalizer, why)));
      boolean known = Set.of("foregroundDeletion", "orphan", "kubernetes").contains(finalizer);
      if (!finalizer.contains("/")
          && !known
          && !resource.is(Trait.CUSTOM)
          && !finalizer.contains(".")) {
        errors.add(
            invalid(
                "metadata.finalizers",
                finalizer,
                "name is neither a standard finalizer name nor is it fully qualified"));
      }
    }
  }

  private static void owners(Map<String, Object> object, List<FieldError> errors) {
    int controllers = 0;
    int index = 0;
    for (Map<String, Object> owner : Tree.maps(object, "metadata", "ownerReferences")) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (Tree.string(owner, field).isEmpty()) {
          String path = "metadata.ownerReferences[" + index + "]." + field;
          errors.add(
              field.equals("apiVersion")
                  ? invalid(path, "", "version must not be empty")
                  : invalid(path, "", field + " must not be empty"));
        }
      }
      controllers += Tree.isTrue(owner, "controller") ? 1 : 0;
      index++;
    }
    if (controllers > 1) {
      errors.add(
          invalid(
              "metadata.ownerReferences",
              "",
              "Only one reference can have Controller set to true"));
    }
  }

  static FieldError invalid(String field, String value, String why) {
    return new FieldError(field, "FieldValueInvalid", "Invalid value: \"" + value + "\": " + why);
  }
}
