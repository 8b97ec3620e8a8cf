package io.kcp.upstream.conflict;

import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Objects;
import org.jspecify.annotations.Nullable;

/** A widget's copy, which a tenant changes and which passes bring to what is wanted. */
final class Merging implements AutoCloseable {
  private static final ObjectTree EMPTY =
      Objects.yaml(
          """
          apiVersion: example.com/v1
          kind: Widget
          metadata: {name: w, namespace: shop, uid: u1, resourceVersion: "7"}
          spec: {other: 1}
          """);

  private final Copy copy;

  Merging(String strategy, Widget base) {
    copy = new Copy(CopyKind.WIDGET, strategy).created(base.into(EMPTY));
  }

  void upstreamIs(Widget widget) {
    copy.edited("tenant", widget::into);
  }

  void upstreamSets(String field, @Nullable Object value) {
    copy.edited("tenant", live -> value == null ? live.without(field) : live.with(field, value));
  }

  Resolution pass(Widget physical) {
    return copy.pass(physical.into(EMPTY));
  }

  Widget upstream() {
    return Widget.of(copy.live());
  }

  ObjectTree live() {
    return copy.live();
  }

  @Override
  public void close() {
    copy.close();
  }
}
