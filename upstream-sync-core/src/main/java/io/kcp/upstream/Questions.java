package io.kcp.upstream;

import io.kcp.upstream.spi.ConflictRecord;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.wire.RequestException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a syncer is asked. The engine at work answers; where none is, one that looks at both sides
 * and writes nothing.
 *
 * @param running null while no engine is at work
 * @param begun whether the syncer was ever started
 */
record Questions(Setup setup, Supplier<@Nullable Engine> running, BooleanSupplier begun) {
  private interface Question<T> {
    T ask(Engine engine) throws InterruptedException;
  }

  Plan plan() {
    return ask(Engine::plan, Engine::plan);
  }

  Explanation explain(ObjectKey key) {
    return ask(now -> now.explain(key, false), preview -> preview.explain(key, true));
  }

  List<ConflictRecord> conflicts() {
    if (!begun.getAsBoolean()) {
      return ask(Engine::conflicts, Engine::openConflicts);
    }
    Engine now = running.get();
    return now == null ? List.of() : now.conflicts();
  }

  private <T> T ask(Question<T> atWork, Question<T> before) {
    try {
      Engine now = running.get();
      return now == null ? withPreview(before) : atWork.ask(now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException(SyncException.Kind.TRANSIENT, null, "interrupted", e);
    } catch (RequestException e) {
      throw new SyncException(
          SyncException.Kind.TRANSIENT, null, String.valueOf(e.getMessage()), e);
    }
  }

  private <T> T withPreview(Question<T> question) throws InterruptedException {
    Engine preview = Engine.preview(setup, new Opening(setup).open(false));
    try {
      preview.awaitListed(setup.config().timeouts().start());
      return question.ask(preview);
    } finally {
      preview.abandon();
    }
  }
}
