package io.kcp.upstream.spi;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;

/** The API server's order of path elements: fields, items, members, indices. */
final class ElementOrder implements Comparator<Element> {
  static final ElementOrder INSTANCE = new ElementOrder();

  private ElementOrder() {}

  @Override
  public int compare(Element left, Element right) {
    if (left instanceof Field a && right instanceof Field b) {
      return text(a.name(), b.name());
    }
    if (left instanceof Item a && right instanceof Item b) {
      return keys(a, b);
    }
    if (left instanceof Member a && right instanceof Member b) {
      return scalars(a.value(), b.value());
    }
    if (left instanceof Index a && right instanceof Index b) {
      return Integer.compare(a.index(), b.index());
    }
    return Integer.compare(rank(left), rank(right));
  }

  private static int keys(Item left, Item right) {
    Iterator<Map.Entry<String, Object>> others = right.keys().entrySet().iterator();
    for (Map.Entry<String, Object> key : left.keys().entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, Object> other = others.next();
      int byName = key.getKey().compareTo(other.getKey());
      int order = byName != 0 ? byName : scalars(key.getValue(), other.getValue());
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }

  private static int scalars(Object left, Object right) {
    if (left instanceof String a && right instanceof String b) {
      return text(a, b);
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return a.compareTo(b);
    }
    if (left instanceof Long a && right instanceof Long b) {
      return a.compareTo(b);
    }
    if (left instanceof Number a && right instanceof Number b) {
      return exact(a).compareTo(exact(b));
    }
    return Integer.compare(scalarRank(left), scalarRank(right));
  }

  /** By code point, as bytes of UTF-8 sort; Java's own order has surrogates before U+E000. */
  private static int text(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean same = Character.isSurrogate(a) == Character.isSurrogate(b);
        return same ? a - b : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }

  private static BigDecimal exact(Number number) {
    return number instanceof Long whole
        ? BigDecimal.valueOf(whole)
        : new BigDecimal(number.doubleValue());
  }

  private static int rank(Element element) {
    return element instanceof Field
        ? 0
        : element instanceof Item ? 1 : element instanceof Member ? 2 : 3;
  }

  private static int scalarRank(Object scalar) {
    return scalar instanceof Number ? 0 : scalar instanceof String ? 1 : 2;
  }
}
