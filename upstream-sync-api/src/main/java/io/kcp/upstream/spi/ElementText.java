package io.kcp.upstream.spi;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;
import java.util.Map;
import java.util.Optional;

/** The two texts of path elements: the one that we parse, and the API server's. */
final class ElementText {
  private final StringBuilder out = new StringBuilder();
  private final boolean serverForm;

  private ElementText(boolean serverForm) {
    this.serverForm = serverForm;
  }

  /** As {@link FieldPath#parse} reads it. */
  static String own(Iterable<Element> elements) {
    ElementText text = new ElementText(false);
    elements.forEach(text::element);
    return text.withoutLeadingDot();
  }

  /** As {@link FieldPattern#parse} reads it. */
  static String pattern(Iterable<Optional<Element>> steps) {
    ElementText text = new ElementText(false);
    steps.forEach(step -> step.ifPresentOrElse(text::element, () -> text.out.append("[*]")));
    return text.withoutLeadingDot();
  }

  /** As the causes of a conflict have it: names are never quoted. */
  static String server(Iterable<Element> elements) {
    ElementText text = new ElementText(true);
    elements.forEach(text::element);
    return text.out.toString();
  }

  private String withoutLeadingDot() {
    if (out.length() == 0) {
      return ".";
    }
    return out.charAt(0) == '.' ? out.substring(1) : out.toString();
  }

  private void element(Element element) {
    if (element instanceof Field field) {
      field(field.name());
    } else if (element instanceof Item item) {
      char separator = '[';
      for (Map.Entry<String, Object> key : item.keys().entrySet()) {
        out.append(separator);
        name(key.getKey());
        out.append('=');
        scalar(key.getValue());
        separator = ',';
      }
      out.append(']');
    } else if (element instanceof Member member) {
      out.append("[=");
      scalar(member.value());
      out.append(']');
    } else if (element instanceof Index index) {
      out.append('[').append(index.index()).append(']');
    }
  }

  private void field(String name) {
    if (serverForm || isIdentifier(name)) {
      out.append('.').append(name);
    } else {
      out.append('[');
      GoText.json(name, out);
      out.append(']');
    }
  }

  private void name(String name) {
    if (serverForm || isIdentifier(name)) {
      out.append(name);
    } else {
      GoText.json(name, out);
    }
  }

  private void scalar(Object value) {
    if (serverForm) {
      GoText.syntax(value, out);
    } else {
      GoText.json(value, out);
    }
  }

  private static boolean isIdentifier(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isIdentifierPart(name.charAt(i), i == 0)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  /** Whether a name with this character needs no quotes. */
  static boolean isIdentifierPart(char c, boolean first) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    return letter || (!first && (c == '-' || (c >= '0' && c <= '9')));
  }
}
