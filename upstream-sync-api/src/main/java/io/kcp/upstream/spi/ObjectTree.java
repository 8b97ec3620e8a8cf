package io.kcp.upstream.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, deeply immutable: a whole Kubernetes object or a part of one, so that {@code
 * tree("spec.template")} has {@link #labels()} too. Methods that change something return a new tree
 * that shares all that stayed the same.
 *
 * <p>Values are {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Boolean},
 * {@code Long}, and {@code Double} for numbers that are not whole or not in a long's range. The
 * order of fields is kept and does not count in {@link #equals}. A field that is JSON null is
 * absent.
 *
 * <p>Paths are written as {@link FieldPath} says. What a path leads to is absent when any part of
 * it is; when a part is there and of another type than the path or the method needs, the method
 * throws {@link FieldTypeException}, which names the path and the types and no value. A text that
 * is no path throws {@link IllegalArgumentException}.
 *
 * <pre>{@code
 * ObjectTree web = ObjectTree.of(Map.of("kind", "Deployment", "spec", Map.of("replicas", 3)));
 * web.integer("spec.replicas");            // OptionalLong[3]
 * web.with("spec.replicas", 5).asMap();    // {kind=Deployment, spec={replicas=5}}
 * }</pre>
 */
public final class ObjectTree {
  private static final FieldPath API_VERSION = FieldPath.of("apiVersion");
  private static final FieldPath KIND = FieldPath.of("kind");
  private static final FieldPath NAMESPACE = FieldPath.of("metadata", "namespace");
  private static final FieldPath NAME = FieldPath.of("metadata", "name");
  private static final FieldPath LABELS = FieldPath.of("metadata", "labels");
  private static final FieldPath ANNOTATIONS = FieldPath.of("metadata", "annotations");

  private static final Map<String, FieldPath> KNOWN = new ConcurrentHashMap<>();
  private static final int MOST_KNOWN = 500;

  private final Map<String, Object> content;

  private ObjectTree(Map<String, Object> frozen) {
    this.content = frozen;
  }

  /**
   * Copies a JSON object deeply.
   *
   * @param content maps with string keys, lists, strings, booleans, numbers and trees, at any
   *     depth; null members of maps are left out
   * @return the tree
   * @throws IllegalArgumentException if there is anything else in it, NaN and infinity included;
   *     the message names its path
   */
  public static ObjectTree of(Map<String, ?> content) {
    return new ObjectTree(JsonValue.freezeMap(content, FieldPath.of()));
  }

  /**
   * Returns the field {@code apiVersion}.
   *
   * @return group and version, such as {@code apps/v1}; empty when absent
   */
  public String apiVersion() {
    return string(API_VERSION).orElse("");
  }

  /**
   * Returns the field {@code kind}.
   *
   * @return the kind; empty when absent
   */
  public String kind() {
    return string(KIND).orElse("");
  }

  /**
   * Returns the field {@code metadata.namespace}.
   *
   * @return the namespace; empty when absent, as it is on a cluster-scoped object
   */
  public String namespace() {
    return string(NAMESPACE).orElse("");
  }

  /**
   * Returns the field {@code metadata.name}.
   *
   * @return the name; empty when absent
   */
  public String name() {
    return string(NAME).orElse("");
  }

  /**
   * Returns {@code metadata.labels}.
   *
   * @return the labels, unmodifiable; empty when absent
   */
  public Map<String, String> labels() {
    return strings(LABELS);
  }

  /**
   * Returns {@code metadata.annotations}.
   *
   * @return the annotations, unmodifiable; empty when absent
   */
  public Map<String, String> annotations() {
    return strings(ANNOTATIONS);
  }

  /**
   * Returns the value of a field, whatever its type.
   *
   * @param path the field
   * @return the value, unmodifiable; empty when absent
   */
  public Optional<Object> get(FieldPath path) {
    Object value = content;
    for (int i = 0; i < path.elements().size(); i++) {
      Object child = TreeStep.child(value, path, i);
      if (child == null) {
        return Optional.empty();
      }
      value = child;
    }
    return Optional.of(value);
  }

  /**
   * Returns a string.
   *
   * @param path the field
   * @return the string; empty when absent
   */
  public Optional<String> string(String path) {
    return string(parsed(path));
  }

  private Optional<String> string(FieldPath path) {
    return get(path, String.class, "a string");
  }

  /**
   * Returns an integer.
   *
   * @param path the field
   * @return the number; empty when absent
   */
  public OptionalLong integer(String path) {
    Optional<Long> number = get(parsed(path), Long.class, "an integer");
    return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
  }

  /**
   * Tells whether a boolean is there and true.
   *
   * @param path the field
   * @return the boolean; false when absent
   */
  public boolean isTrue(String path) {
    return get(parsed(path), Boolean.class, "a boolean").orElse(false);
  }

  /**
   * Returns a part of this object.
   *
   * @param path a field that holds an object
   * @return the part, shared and not copied; empty when absent
   */
  public Optional<ObjectTree> tree(String path) {
    FieldPath parsed = parsed(path);
    return get(parsed)
        .map(value -> new ObjectTree(JsonValue.map(value, parsed, parsed.elements().size())));
  }

  /**
   * Returns the items of a list of objects.
   *
   * @param path a field that holds a list of objects
   * @return the items in their order, shared and not copied; empty when the list is absent
   */
  public List<ObjectTree> items(String path) {
    FieldPath parsed = parsed(path);
    int depth = parsed.elements().size();
    List<@Nullable Object> list = JsonValue.list(get(parsed).orElse(List.of()), parsed, depth);
    ObjectTree[] items = new ObjectTree[list.size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = new ObjectTree(JsonValue.map(list.get(i), parsed.index(i), depth + 1));
    }
    return List.of(items);
  }

  /**
   * Sets a field. Missing parents are made: an absent item of a list-map is appended with its keys,
   * an absent set member is appended, an index may be at most the list's size.
   *
   * @param path the field
   * @param value a JSON value as {@link #of} takes it, or a tree; see {@link #without} for none
   * @return this tree with the value, or this tree itself when it already has an equal one
   * @throws IllegalArgumentException if the value is no JSON, the index is past the list's end, or
   *     an item would no longer have the keys by which the path names it
   */
  public ObjectTree with(String path, Object value) {
    FieldPath parsed = parsed(path);
    Object frozen = JsonValue.freeze(value, parsed);
    if (get(parsed).filter(frozen::equals).isPresent()) {
      return this;
    }
    return tree(new TreeEdit(parsed).put(content, frozen));
  }

  /**
   * Removes a field or item; its parents stay, even when empty.
   *
   * @param path the field; not the object itself
   * @return this tree less the field, or this tree itself when the field is absent
   */
  public ObjectTree without(String path) {
    FieldPath parsed = parsed(path);
    if (parsed.elements().isEmpty()) {
      throw new IllegalArgumentException("path: an object cannot be without itself");
    }
    Object rest = new TreeEdit(parsed).remove(content);
    return rest == content ? this : tree(rest);
  }

  /**
   * Returns the content.
   *
   * @return an unmodifiable view, at every depth; nothing is copied
   */
  public Map<String, Object> asMap() {
    return content;
  }

  /**
   * Changes all strings that a pattern covers, at any depth below it; names of fields stay.
   *
   * @param pattern a {@link FieldPattern}, such as {@code spec.containers[*].image}; what it does
   *     not find here, or finds as another type, is passed over
   * @param change gives each string's new value, never null
   * @return the changed tree, or this tree itself when no string changed
   */
  public ObjectTree mapStrings(String pattern, UnaryOperator<String> change) {
    Object changed = new StringMapping(FieldPattern.parse(pattern), change).apply(content);
    return changed == content ? this : tree(changed);
  }

  /** Who reads names the same few paths again and again. */
  private static FieldPath parsed(String path) {
    FieldPath known = KNOWN.get(path);
    if (known != null) {
      return known;
    }
    FieldPath parsed = FieldPath.parse(path);
    if (KNOWN.size() < MOST_KNOWN) {
      KNOWN.put(path, parsed);
    }
    return parsed;
  }

  private static ObjectTree tree(Object frozen) {
    return new ObjectTree(JsonValue.map(frozen, FieldPath.of(), 0));
  }

  private <T> Optional<T> get(FieldPath path, Class<T> type, String wanted) {
    Optional<Object> value = get(path);
    if (value.isPresent() && !type.isInstance(value.get())) {
      throw new FieldTypeException(path, wanted, value.get());
    }
    return value.map(type::cast);
  }

  private Map<String, String> strings(FieldPath path) {
    Map<String, String> strings = new LinkedHashMap<>();
    JsonValue.map(get(path).orElse(Map.of()), path, path.elements().size())
        .forEach(
            (name, value) -> {
              if (!(value instanceof String string)) {
                throw new FieldTypeException(path.field(name), "a string", value);
              }
              strings.put(name, string);
            });
    return Collections.unmodifiableMap(strings);
  }

  /** Two trees are equal when their values are; the order of fields does not count. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectTree tree && content.equals(tree.content);
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }

  /** Returns which object this is, such as {@code apps/v1 Deployment shop/web}, and no value. */
  @Override
  public String toString() {
    Object metadata = content.get("metadata");
    String type = text(content, "apiVersion") + " " + text(content, "kind");
    String namespace = text(metadata, "namespace");
    String name = (namespace.isEmpty() ? "" : namespace + "/") + text(metadata, "name");
    return (type + " " + name).strip();
  }

  private static String text(@Nullable Object map, String field) {
    return map instanceof Map<?, ?> fields && fields.get(field) instanceof String text ? text : "";
  }
}
