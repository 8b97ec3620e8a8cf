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
    Optional<Digest> computed =
        scope
            .memory()
            .written()
            .form(item.key(), copy.resourceVersion())
            .or(() -> copy.content().map(live -> form(item, live)));
    computed.ifPresent(copy::digested);
    return computed;
  }

  /**
   * The copy that was not looked at before, as it is kept, or where there was no room to keep it,
   * as it is now: what is said on it already is to be said on. It is read once for that and for
   * what it comes to. Empty where it was looked at before.
   */
  Optional<ObjectTree> looked(Item item, Optional<MirrorEntry> copy) throws InterruptedException {
    if (copy.isEmpty() || copy.get().digest() != null) {
      return Optional.empty();
    }
    Optional<ObjectTree> kept = copy.get().content();
    if (kept.isPresent()) {
      copy.get().digested(form(item, kept.get()));
      return kept;
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
    return forms.upstream(live, item.schema(), watched).whole();
  }
}
