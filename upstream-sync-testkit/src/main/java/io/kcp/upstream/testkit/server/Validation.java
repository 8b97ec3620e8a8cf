package io.kcp.upstream.testkit.server;

import io.kcp.upstream.testkit.apply.CrdSchema;
import io.kcp.upstream.testkit.apply.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses objects that a server would not store. */
final class Validation {
  private Validation() {}

  /**
   * @param live the object as it is, null for a new one; in the version of the call
   */
  static void check(Call call, @Nullable Map<String, Object> live, Map<String, Object> object) {
    List<FieldError> errors = new ArrayList<>(MetaValidation.errors(call.resource(), live, object));
    CrdSchema crd = call.version().crdSchema();
    if (crd == null) {
      errors.addAll(BuiltInValidation.errors(call.resource(), live, object));
    } else {
      errors.addAll(crd.validate(live, object));
    }
    if (call.resource().is(Trait.CUSTOM)) {
      warnAboutFinalizers(call, object);
    }
    if (call.isStatus()) {
      errors.addAll(StatusValidation.errors(call.resource().id(), live, object));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(call.resource().kindName(), Meta.name(object), errors);
    }
    if (!call.isStatus() && (live == null || !sameGeneration(live, object))) {
      call.warnings().addAll(PodWarnings.of(call.resource().id(), object));
    }
  }

  private static boolean sameGeneration(Map<String, Object> live, Map<String, Object> object) {
    return Tree.number(live, 0, "metadata", "generation")
        == Tree.number(object, 0, "metadata", "generation");
  }

  private static void warnAboutFinalizers(Call call, Map<String, Object> object) {
    for (String finalizer : Meta.finalizers(object)) {
      if (!finalizer.contains("/") && !MetaValidation.STANDARD_FINALIZERS.contains(finalizer)) {
        call.warnings()
            .add(
                "metadata.finalizers: \"%s\": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers"
                    .formatted(finalizer));
      }
    }
  }
}
