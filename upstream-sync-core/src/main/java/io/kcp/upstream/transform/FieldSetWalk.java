package io.kcp.upstream.transform;

import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldPath.Index;
import io.kcp.upstream.spi.FieldPath.Item;
import io.kcp.upstream.spi.FieldPath.Member;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects paths as {@code FieldsV1}: linear in their number, where unions are not. */
final class FieldSetWalk implements OwnershipWalk.Sink<FieldSetWalk.Branch> {
  private static final String SELF = ".";

  /** A path; it is in the tree only once something at or below it is owned. */
  static final class Branch {
    private final @Nullable Branch parent;
    private final @Nullable Element element;
    private @Nullable Map<String, Object> json;

    private Branch(@Nullable Branch parent, @Nullable Element element) {
      this.parent = parent;
      this.element = element;
    }

    private Map<String, Object> json() {
      if (json == null) {
        json = new LinkedHashMap<>();
        if (parent != null && element != null) {
          json = child(parent.json(), key(element), json);
        }
      }
      return json;
    }

    /** One map per key, also where two items have the same keys. */
    @SuppressWarnings("unchecked") // every value below the root is made here
    private static Map<String, Object> child(
        Map<String, Object> parent, String key, Map<String, Object> fresh) {
      return (Map<String, Object>) parent.computeIfAbsent(key, absent -> fresh);
    }
  }

  private final Branch root = new Branch(null, null);

  Branch root() {
    return root;
  }

  FieldSet fields() {
    return FieldSet.ofFieldsV1(root.json());
  }

  @Override
  public Branch child(Branch parent, Element element) {
    return new Branch(parent, element);
  }

  @Override
  public void leaf(Branch path, @Nullable Object value) {
    path.json().put(SELF, Map.of());
  }

  @Override
  public void node(Branch path) {
    path.json().put(SELF, Map.of());
  }

  private static String key(Element element) {
    if (element instanceof Field field) {
      return "f:" + field.name();
    }
    if (element instanceof Item item) {
      return "k:" + json(item.keys());
    }
    if (element instanceof Member member) {
      return "v:" + json(member.value());
    }
    return "i:" + ((Index) element).index();
  }

  private static String json(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }
}
