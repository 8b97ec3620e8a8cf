package io.kcp.upstream.transform;

import io.kcp.upstream.discovery.MergeSchema;
import io.kcp.upstream.discovery.MergeSchema.Merge;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldPath.Element;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks an object along a set of owned fields. The set is sorted, so the way down to a field starts
 * at the last one's nearest common ancestor.
 */
final class OwnedWalk {
  /** How far the walk has come down; {@code value} is null where the object ends. */
  private record Place(
      @Nullable Element element, Digest path, @Nullable Object value, MergeSchema schema) {}

  private final DigestWalk sink;

  /** From the object itself to the last field. */
  private final List<Place> way = new ArrayList<>();

  OwnedWalk(DigestWalk sink) {
    this.sink = sink;
  }

  void walk(ObjectTree object, FieldSet owned, MergeSchema schema) {
    way.add(new Place(null, DigestWalk.ROOT, object.asMap(), schema));
    Iterator<FieldPath> fields = owned.iterator();
    FieldPath field = fields.hasNext() ? fields.next() : null;
    while (field != null) {
      FieldPath next = fields.hasNext() ? fields.next() : null;
      give(descend(field.elements()), next != null && next.startsWith(field));
      field = next;
    }
  }

  private void give(Place place, boolean hasFieldsBelow) {
    if (place.value() == null) {
      sink.absent(place.path());
    } else if (hasFieldsBelow || isGranular(place.value(), place.schema().merge())) {
      sink.node(place.path());
    } else {
      sink.leaf(place.path(), place.value());
    }
  }

  private static boolean isGranular(Object value, Merge merge) {
    return switch (merge) {
      case WHOLE -> false;
      case FIELDS, DEDUCED -> value instanceof Map;
      case LIST_MAP, SET -> value instanceof List;
    };
  }

  private Place descend(List<Element> field) {
    int common = 0;
    while (common < field.size()
        && common + 1 < way.size()
        && field.get(common).equals(way.get(common + 1).element())) {
      common++;
    }
    way.subList(common + 1, way.size()).clear();
    for (int depth = common; depth < field.size(); depth++) {
      way.add(child(way.get(depth), field.get(depth), depth));
    }
    return way.get(field.size());
  }

  private static Place child(Place parent, Element element, int depth) {
    Object value = null;
    MergeSchema schema;
    if (element instanceof Field field) {
      schema = OwnershipWalk.field(parent.schema(), field.name(), depth);
      value = parent.value() instanceof Map<?, ?> map ? map.get(field.name()) : null;
    } else {
      schema = parent.schema().items();
      if (parent.value() instanceof List<?> list) {
        value = ListItems.find(list, element, parent.schema()).orElse(null);
      }
    }
    return new Place(element, StepHash.step(parent.path(), element), value, schema);
  }
}
