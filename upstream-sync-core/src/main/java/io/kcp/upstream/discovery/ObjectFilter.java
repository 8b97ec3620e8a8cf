package io.kcp.upstream.discovery;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The filters on single objects that stand at one place of the spec: the common ones, or those of
 * one entry.
 *
 * @param path where they stand
 */
record ObjectFilter(
    String path,
    List<Glob> include,
    List<Glob> exclude,
    LabelSelector namespaceSelector,
    LabelSelector objectSelector) {

  ObjectFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** {@code includes} and {@code excludes} are what an absent list stands for. */
  static ObjectFilter read(SpecReader at, List<String> includes, List<String> excludes) {
    SpecReader names = at.part("namespaces");
    return new ObjectFilter(
        at.path(),
        globs(names, "include", includes),
        globs(names, "exclude", excludes),
        LabelSelectorReader.read(at.part("namespaceSelector")),
        LabelSelectorReader.read(at.part("objectSelector")));
  }

  private static List<Glob> globs(SpecReader names, String list, List<String> standard) {
    List<String> texts = names.strings(list, standard);
    Glob[] globs = new Glob[texts.size()];
    for (int i = 0; i < globs.length; i++) {
      globs[i] = Glob.ofNamespaces(names.item(list, i), texts.get(i));
    }
    return List.of(globs);
  }

  /** {@code namespace} is the one that the object is in, or is. */
  Optional<NotSelected> leftOutByNamespace(String namespace, NamespaceLabels labels) {
    if (Glob.any(exclude, namespace)) {
      return no("NamespaceExcluded", ".namespaces.exclude matches namespace " + namespace);
    }
    // An empty list restricts nothing: a client with typed objects could not keep it apart from an
    // absent one.
    if (!include.isEmpty() && !Glob.any(include, namespace)) {
      return no(
          "NamespaceNotIncluded", ".namespaces.include does not match namespace " + namespace);
    }
    return namespaceSelector.isEverything()
        ? Optional.empty()
        : byLabels(namespace, labels.labelsOf(namespace));
  }

  private Optional<NotSelected> byLabels(String namespace, Optional<Map<String, String>> labels) {
    if (labels.isEmpty()) {
      return no(
          NotSelected.NAMESPACE_UNKNOWN,
          ".namespaceSelector needs the labels of namespace " + namespace + ", not known yet");
    }
    return namespaceSelector.matches(labels.get())
        ? Optional.empty()
        : no(
            "NotSelectedByNamespaceSelector",
            ".namespaceSelector does not match the labels of namespace " + namespace);
  }

  Optional<NotSelected> leftOutByLabels(Map<String, String> labels) {
    return objectSelector.matches(labels)
        ? Optional.empty()
        : no("NotSelectedByObjectSelector", ".objectSelector does not match the object's labels");
  }

  private Optional<NotSelected> no(String reason, String message) {
    return Optional.of(new NotSelected(reason, path + message));
  }
}
