package io.kcp.upstream.sync;

import com.google.common.collect.ImmutableList;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.wire.RequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes away fields that an apply without them leaves, since others own them, too. */
record Removal(Writer writer, String manager) {
  private static final int INVALID = 422;

  /**
   * Returns the object without these fields; or with them where it would not be valid without them
   * before it has others in their place, such as a Service's only port: then they are ours alone,
   * and go with the next apply.
   *
   * @param ours what we own of it; asked for only where the removal is refused
   */
  ObjectTree run(
      ResourceType type, ObjectTree live, Supplier<Optional<Owned>> ours, FieldSet fields)
      throws InterruptedException {
    List<Map<String, Object>> removal = JsonPatch.removal(live, ImmutableList.copyOf(fields));
    if (removal.isEmpty()) {
      return live;
    }
    try {
      return writer.patch(type, live, removal, manager);
    } catch (RequestException e) {
      Optional<Owned> owned = e.code() == INVALID ? ours.get() : Optional.empty();
      if (owned.isEmpty()) {
        throw e;
      }
      FieldSet all = owned.get().fields();
      return writer.patch(type, live, ManagedFields.taken(live, manager, all, fields), manager);
    }
  }
}
