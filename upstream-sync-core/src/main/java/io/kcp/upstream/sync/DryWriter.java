package io.kcp.upstream.sync;

import com.google.common.collect.ImmutableList;
import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.spi.FieldPath;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Owned;
import io.kcp.upstream.transform.OwnedFields;
import io.kcp.upstream.wire.RequestException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Has the server try each write out, and notes what would have been written. For one thread. */
final class DryWriter implements Writer {
  private final LiveWriter live;
  private final Set<String> namespaces = new HashSet<>();
  private Optional<PlannedStep.Action> action = Optional.empty();
  private FieldSet fields = FieldSet.of();

  DryWriter(LiveWriter live) {
    this.live = live;
  }

  /** The next key's turn. */
  void begin() {
    action = Optional.empty();
    fields = FieldSet.of();
  }

  /** What would have been done since; empty for nothing. */
  Optional<PlannedStep.Action> action() {
    return action;
  }

  FieldSet fields() {
    return fields;
  }

  @Override
  public boolean isDry() {
    return true;
  }

  @Override
  public void adopts() {
    action = Optional.of(PlannedStep.Action.ADOPT);
  }

  @Override
  public ObjectTree create(ResourceType type, ObjectTree body, String manager)
      throws InterruptedException {
    try {
      return created(type, live.tryCreate(type, body, manager));
    } catch (RequestException e) {
      if (namespaces.contains(body.namespace()) && e.saysNotFound(body.namespace())) {
        return created(type, body);
      }
      throw e;
    }
  }

  private ObjectTree created(ResourceType type, ObjectTree object) {
    if (type.equals(Namespaces.TYPE)) {
      namespaces.add(object.name());
    } else {
      action = Optional.of(PlannedStep.Action.CREATE);
    }
    // It has no version: nothing that follows is sent.
    return object.without("metadata.resourceVersion");
  }

  @Override
  public ObjectTree patch(
      ResourceType type, ObjectTree seen, List<Map<String, Object>> operations, String manager) {
    return seen;
  }

  @Override
  public ObjectTree apply(Write write) throws InterruptedException {
    if (Mark.version(write.seen()).isEmpty()) {
      return write.seen();
    }
    ObjectTree tried = tried(write);
    if (action.isEmpty()) {
      action = Optional.of(PlannedStep.Action.UPDATE);
    }
    fields = fields.union(changed(write, tried));
    return tried;
  }

  /** The entry that our POST left still stands, and against nobody but ourselves. */
  private ObjectTree tried(Write write) throws InterruptedException {
    try {
      return live.tryOut(write);
    } catch (RequestException e) {
      if (!Conflicts.isAboutFields(e) || !Conflicts.managers(e).equals(Set.of(write.manager()))) {
        throw e;
      }
      return live.tryOut(write.forced());
    }
  }

  private static FieldSet changed(Write write, ObjectTree tried) {
    FieldSet before = owned(write.seen(), write);
    FieldSet after = owned(tried, write);
    List<FieldPath> all = ImmutableList.copyOf(before.union(after));
    List<FieldPath> changed = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      FieldPath field = all.get(i);
      boolean hasParts = i + 1 < all.size() && all.get(i + 1).startsWith(field);
      boolean same = hasParts || write.seen().get(field).equals(tried.get(field));
      if (!same && !MainWrite.isBookkeeping(field)) {
        changed.add(field);
      }
    }
    return FieldSet.of(changed.toArray(FieldPath[]::new));
  }

  private static FieldSet owned(ObjectTree object, Write write) {
    return OwnedFields.of(object, write.manager(), write.subresource())
        .map(Owned::fields)
        .orElseGet(FieldSet::of);
  }

  @Override
  public ObjectTree tryOut(Write write) throws InterruptedException {
    return live.tryOut(write);
  }

  @Override
  public void delete(ResourceType type, ObjectTree seen) {
    action = Optional.of(PlannedStep.Action.DELETE);
  }
}
