package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.ObjectTree;
import java.util.List;
import java.util.Map;

/** How far a path leads into an object that may have other types of values on its way. */
final class Reach {
  private Reach() {}

  /** The field itself, or the value above it that can't have such a field, such as a text. */
  static FieldPath of(ObjectTree object, FieldPath field) {
    FieldPath at = FieldPath.of();
    for (Element element : field.elements()) {
      Object value = at.elements().isEmpty() ? object.asMap() : FieldNotes.value(object, at);
      if (value == null) {
        return field; // nothing stands in the way
      }
      boolean leads = element instanceof Field ? value instanceof Map : value instanceof List;
      if (!leads) {
        return at;
      }
      at = at.child(element);
    }
    return field;
  }
}
