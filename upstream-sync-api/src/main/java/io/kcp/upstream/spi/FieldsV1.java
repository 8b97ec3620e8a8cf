package io.kcp.upstream.spi;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON form of field sets in {@code managedFields}: {@code f:} a field, {@code k:} the keys of
 * a list-map item, {@code v:} a set member, {@code i:} an index, {@code .} the node itself.
 */
final class FieldsV1 {
  private static final String SELF = ".";
  private static final String KIND = "FieldsV1 key";

  private FieldsV1() {}

  static FieldNode read(Map<String, ?> json) {
    if (json.isEmpty()) {
      return FieldNode.LEAF;
    }
    Map<Element, FieldNode> children = new TreeMap<>(ElementOrder.INSTANCE);
    json.forEach(
        (key, value) -> {
          if (!key.equals(SELF)) {
            children.merge(element(key), read(object(key, value)), FieldNode::union);
          }
        });
    return FieldNode.of(json.containsKey(SELF), children);
  }

  static Map<String, Object> write(FieldNode node) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (node.isMember() && !node.elements().isEmpty()) {
      json.put(SELF, Map.of());
    }
    for (int i = 0; i < node.elements().size(); i++) {
      json.put(key(node.elements().get(i)), write(node.children().get(i)));
    }
    return json;
  }

  @SuppressWarnings("unchecked") // JSON: the names of an object's members are strings
  private static Map<String, ?> object(String key, Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, ?>) map;
    }
    throw new IllegalArgumentException(
        "not FieldsV1: under '%s' an object is needed, not %s".formatted(key, value));
  }

  private static Element element(String key) {
    if (key.startsWith("f:")) {
      return new Field(key.substring(2));
    }
    ScalarReader reader = new ScalarReader(KIND, key, Math.min(2, key.length()));
    Element element;
    if (key.startsWith("k:")) {
      element = new Item(reader.flatObject());
    } else if (key.startsWith("v:")) {
      element = new Member(reader.scalar());
    } else if (key.startsWith("i:")
        && reader.scalar() instanceof Long index
        && index <= Integer.MAX_VALUE) {
      element = new Index(index.intValue());
    } else {
      throw new IllegalArgumentException(
          "not a %s: '%s': expected '.', 'f:', 'k:', 'v:' or 'i:' with a number"
              .formatted(KIND, key));
    }
    if (!reader.atEnd()) {
      throw reader.wrong("the end");
    }
    return element;
  }

  private static String key(Element element) {
    if (element instanceof Field field) {
      return "f:" + field.name();
    }
    StringBuilder out = new StringBuilder();
    if (element instanceof Item item) {
      out.append("k:");
      char separator = '{';
      for (Map.Entry<String, Object> key : item.keys().entrySet()) {
        out.append(separator);
        GoText.json(key.getKey(), out);
        out.append(':');
        GoText.json(key.getValue(), out);
        separator = ',';
      }
      out.append('}');
    } else if (element instanceof Member member) {
      GoText.json(member.value(), out.append("v:"));
    } else if (element instanceof Index index) {
      out.append("i:").append(index.index());
    }
    return out.toString();
  }
}
