package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldPath.Field;
import io.kcp.upstream.transform.SyncKeys;
import java.util.List;

/** Fields that only we may write: nobody is asked about them. */
final class OwnFields {
  private static final FieldPath LABELS = FieldPath.of("metadata", "labels");
  private static final FieldPath ANNOTATIONS = FieldPath.of("metadata", "annotations");

  private OwnFields() {}

  static boolean isOwn(FieldPath field) {
    List<FieldPath.Element> elements = field.elements();
    return elements.size() == 3
        && (field.startsWith(LABELS) || field.startsWith(ANNOTATIONS))
        && elements.get(2) instanceof Field key
        && SyncKeys.isOwn(key.name());
  }
}
