package io.kcp.upstream.sync;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.wire.RequestException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads what a refused apply says about who else owns what. */
final class Conflicts {
  private Conflicts() {}

  /** Whether the refusal is about fields at all. */
  static boolean isAboutFields(RequestException e) {
    return e.code() == 409 && causes(e).stream().anyMatch(Conflicts::isFieldConflict);
  }

  /** Those of {@code ours} that other managers own. */
  static FieldSet fields(RequestException e, FieldSet ours) {
    return FieldSet.of(managers(e, ours).keySet().toArray(FieldPath[]::new));
  }

  /**
   * Who owns which of {@code ours}, or something above those where the type of a value changed.
   * What the server prints is compared with what it would print for ours, never parsed: {@code
   * .data.app.yaml} is one key.
   */
  static Map<FieldPath, Set<String>> managers(RequestException e, FieldSet ours) {
    Map<String, Set<FieldPath>> printed = printed(ours);
    Map<FieldPath, Set<String>> found = new TreeMap<>();
    for (ObjectTree cause : causes(e)) {
      if (isFieldConflict(cause)) {
        String manager = manager(cause.string("message").orElse(""));
        for (FieldPath path : printed.getOrDefault(cause.string("field").orElse(""), Set.of())) {
          found.computeIfAbsent(path, p -> new TreeSet<>()).add(manager);
        }
      }
    }
    return found;
  }

  /** The paths and all above them, by how the server prints them. */
  private static Map<String, Set<FieldPath>> printed(FieldSet ours) {
    Map<String, Set<FieldPath>> printed = new TreeMap<>();
    for (FieldPath path : ours) {
      for (FieldPath at = path; !at.elements().isEmpty(); at = at.parent()) {
        printed.computeIfAbsent(at.serverForm(), p -> new TreeSet<>()).add(at);
      }
    }
    return printed;
  }

  /** All whose fields are in the way. */
  static Set<String> managers(RequestException e) {
    Set<String> managers = new TreeSet<>();
    causes(e).stream()
        .filter(Conflicts::isFieldConflict)
        .forEach(cause -> managers.add(manager(cause.string("message").orElse(""))));
    return managers;
  }

  /** Conflicting fields, as the server prints them, that are none of ours. */
  static Set<String> unknown(RequestException e, FieldSet ours) {
    Set<String> fields = new HashSet<>();
    causes(e).stream()
        .filter(Conflicts::isFieldConflict)
        .forEach(cause -> fields.add(cause.string("field").orElse("")));
    fields.removeAll(printed(ours).keySet());
    return fields;
  }

  private static List<ObjectTree> causes(RequestException e) {
    return e.status().map(status -> status.items("details.causes")).orElseGet(List::of);
  }

  private static boolean isFieldConflict(ObjectTree cause) {
    return cause.string("reason").orElse("").equals("FieldManagerConflict");
  }

  /** {@code conflict with "kubectl" using apps/v1} names who. */
  private static String manager(String message) {
    int start = message.indexOf('"');
    int end = message.indexOf('"', start + 1);
    return start < 0 || end < 0 ? "" : message.substring(start + 1, end);
  }
}
