package io.kcp.upstream.spi;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a field is in a Kubernetes object, in the terms of server-side apply: list-map items are
 * named by their keys and set members by their value, so that a path means the same field after
 * items moved. An atomic list's items have an index.
 *
 * <pre>{@code
 * spec.containers[name="web"].image
 * metadata.labels["app.kubernetes.io/name"]
 * spec.ports[port=80,protocol="TCP"].nodePort
 * metadata.finalizers[="example.com/x"]
 * spec.args[0]
 * }</pre>
 *
 * <p>One grammar for rules, annotations and records. Strings are JSON strings; numbers and booleans
 * stand bare; keys of an item are sorted by name; a field whose name has other characters than
 * letters, digits, {@code _ $ -}, or begins with a digit or dash, is written {@code ["a.b"]}. The
 * object itself is {@code .}, a single dot. {@code parse(path.toString())} equals {@code path}.
 *
 * <p>Immutable and safe for use by many threads. The order is total and consistent with equals: a
 * path sorts right before those below it; fields sort by name, and before items, members and
 * indices.
 */
public final class FieldPath implements Comparable<FieldPath> {
  private static final FieldPath ROOT = new FieldPath();

  private final Element[] elements;

  private FieldPath(Element... elements) {
    this.elements = elements;
  }

  /**
   * Reads a path.
   *
   * @param text a path in the grammar above
   * @return the path
   * @throws IllegalArgumentException if the text is no path; the message has the text, the position
   *     and what would be right there
   */
  public static FieldPath parse(String text) {
    return FieldPathReader.path(text);
  }

  /**
   * Names a field through its parents, all of them plain fields.
   *
   * @param names field names from the outside in, each taken as it is: a dot in it means nothing;
   *     none for the object itself
   * @return the path
   */
  public static FieldPath of(String... names) {
    return of(Arrays.stream(names).map(Field::new).toArray(Element[]::new));
  }

  /** Takes over the array. */
  static FieldPath of(Element[] elements) {
    return elements.length == 0 ? ROOT : new FieldPath(elements);
  }

  /**
   * Goes one step down to a field of a struct or map.
   *
   * @param name the field's name, taken as it is
   * @return this path and the field
   */
  public FieldPath field(String name) {
    return child(new Field(name));
  }

  /**
   * Goes one step down to the item of a list-map.
   *
   * @param listMapKeys the values of all keys of the item, each a string, boolean or number
   * @return this path and the item
   * @throws IllegalArgumentException if there is no key, or a value is of another type
   */
  public FieldPath item(Map<String, ?> listMapKeys) {
    return child(new Item(Map.copyOf(listMapKeys)));
  }

  /**
   * Goes one step down to the member of a set.
   *
   * @param setValue the member itself: a string, boolean or number
   * @return this path and the member
   * @throws IllegalArgumentException if the value is of another type
   */
  public FieldPath member(Object setValue) {
    return child(new Member(setValue));
  }

  /**
   * Goes one step down to the item of an atomic list.
   *
   * @param index counted from 0
   * @return this path and the item
   * @throws IllegalArgumentException if the index is negative
   */
  public FieldPath index(int index) {
    return child(new Index(index));
  }

  /**
   * Goes one step down.
   *
   * @param element the step
   * @return this path and the step
   */
  public FieldPath child(Element element) {
    Element[] longer = Arrays.copyOf(elements, elements.length + 1);
    longer[elements.length] = element;
    return new FieldPath(longer);
  }

  /**
   * Goes one step up.
   *
   * @return this path without its last step
   * @throws IllegalStateException if this is the object itself
   */
  public FieldPath parent() {
    if (elements.length == 0) {
      throw new IllegalStateException("the path of the object itself has no parent");
    }
    return prefix(elements.length - 1);
  }

  FieldPath prefix(int length) {
    return of(Arrays.copyOf(elements, length));
  }

  /**
   * Returns the steps, for code that walks objects.
   *
   * @return the steps from the outside in, unmodifiable; empty for the object itself
   */
  public List<Element> elements() {
    return Collections.unmodifiableList(Arrays.asList(elements));
  }

  /**
   * Tells whether this field is the other one or lies below it.
   *
   * @param prefix the path that may contain this one
   * @return whether all steps of {@code prefix} are the first steps of this path
   */
  public boolean startsWith(FieldPath prefix) {
    int length = prefix.elements.length;
    return length <= elements.length
        && Arrays.equals(elements, 0, length, prefix.elements, 0, length);
  }

  /**
   * Prints the path as the API server does in the causes of an apply conflict, such as {@code
   * .spec.containers[name="a"].image}. That form is ambiguous ({@code .data.app.yaml} is one key
   * {@code app.yaml}), so it is for comparing with what a server said, and never parsed.
   *
   * @return the server's form
   */
  public String serverForm() {
    return ElementText.server(elements());
  }

  /** Orders paths as {@link FieldPath} says. */
  @Override
  public int compareTo(FieldPath other) {
    return Arrays.compare(elements, other.elements, ElementOrder.INSTANCE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldPath path && Arrays.equals(elements, path.elements);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(elements);
  }

  /** Returns the text that {@link #parse} reads. */
  @Override
  public String toString() {
    return ElementText.own(elements());
  }

  /** One step of a path. */
  public sealed interface Element {}

  /**
   * A field of a struct, or a key of a map.
   *
   * @param name the name, never escaped
   */
  public record Field(String name) implements Element {}

  /**
   * An item of a list-map.
   *
   * @param keys the values of its keys, each a {@code String}, {@code Boolean}, {@code Long} or
   *     {@code Double}; sorted by name
   */
  public record Item(Map<String, Object> keys) implements Element {
    /** Copies and sorts the keys; refuses none, and values that are no scalars. */
    public Item {
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("keys: a list-map item needs at least one key");
      }
      Map<String, Object> sorted = new TreeMap<>();
      keys.forEach((name, value) -> sorted.put(name, scalar("keys", value)));
      keys = Collections.unmodifiableMap(sorted);
    }
  }

  /**
   * A member of a set.
   *
   * @param value the member: a {@code String}, {@code Boolean}, {@code Long} or {@code Double}
   */
  public record Member(Object value) implements Element {
    /** Refuses a value that is no scalar. */
    public Member {
      value = scalar("value", value);
    }
  }

  /**
   * An item of an atomic list.
   *
   * @param index counted from 0
   */
  public record Index(int index) implements Element {
    /** Refuses a negative index. */
    public Index {
      if (index < 0) {
        throw new IllegalArgumentException("index: " + index + " is negative");
      }
    }
  }

  private static Object scalar(String component, Object value) {
    Object scalar = JsonScalar.canonical(value);
    if (scalar == null) {
      throw new IllegalArgumentException(
          component
              + ": a string, boolean or number is needed, not a "
              + value.getClass().getName());
    }
    return scalar;
  }
}
