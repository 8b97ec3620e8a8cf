package io.kcp.upstream.sync;

import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.FieldSet;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.transform.Digest;
import java.util.Optional;

/** What a mirrored copy comes to: from what is kept of it, or where nothing is, read live. */
final class CopyForms {
  private final SyncScope scope;
  private final Forms forms;

  CopyForms(SyncScope scope, Forms forms) {
    this.scope = scope;
    this.forms = forms;
  }

  /** Without a request; empty where nothing is kept and nothing was made of it before. */
  Optional<Digest> known(Item item, MirrorEntry copy) {
    Digest digest = copy.digest();
    if (digest != null) {
      return Optional.of(digest);
    }
    Optional<Digest> computed = copy.content().map(live -> form(item, live));
    computed.ifPresent(copy::digested);
    return computed;
  }

  /**
   * The copy of which there was no room to keep anything, as it is now: what is said on it already
   * is to be said on. Empty where it is at hand, or was looked at before.
   */
  Optional<ObjectTree> unkept(Item item, Optional<MirrorEntry> copy) throws InterruptedException {
    if (copy.isEmpty() || copy.get().digest() != null || copy.get().hasContent()) {
      return Optional.empty();
    }
    Optional<ObjectTree> live =
        Reads.find(
            scope.clusters().workspace(),
            item.type().upstream(),
            item.upstream().namespace(),
            item.upstream().name());
    live.filter(now -> Mark.version(now).equals(copy.get().resourceVersion()))
        .ifPresent(now -> copy.get().digested(form(item, now)));
    return live;
  }

  private Digest form(Item item, ObjectTree live) {
    FieldSet watched = scope.memory().pairs().watched(item.key());
    return forms.upstream(live, item.schema(), watched);
  }
}
