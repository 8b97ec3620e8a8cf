package io.kcp.upstream.transform;

import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.spi.TransformContext;
import io.kcp.upstream.spi.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Runs the transformers in their order, and holds each to its contract. */
final class TransformerChain {
  private static final GroupResource SECRETS = new GroupResource("", "secrets");

  private final TransformSettings settings;
  private final PluginCalls plugins;

  TransformerChain(TransformSettings settings, PluginCalls plugins) {
    this.settings = settings;
    this.plugins = plugins;
  }

  /**
   * @param transformers the names of those that acted
   */
  record Outcome(ObjectTree object, List<String> transformers) {}

  Outcome run(ObjectTree cleaned, ObjectKey physical, ObjectKey upstream) {
    ObjectTree object = cleaned;
    List<String> names = new ArrayList<>();
    for (TransformSettings.Step step : settings.transformers()) {
      Call call = new Call(step, physical, upstream);
      if (call.handles()) {
        object = call.transform(object);
        names.add(step.transformer().name());
      }
    }
    return new Outcome(object, names);
  }

  /** One transformer and one object. */
  private final class Call {
    private final Transformer transformer;
    private final Context context;

    Call(TransformSettings.Step step, ObjectKey physical, ObjectKey upstream) {
      this.transformer = step.transformer();
      this.context =
          new Context(
              physical,
              upstream,
              settings.syncTarget(),
              settings.syncTargetLabels(),
              step.parameters());
    }

    boolean handles() {
      return call(() -> transformer.handles(context.physical().resource()));
    }

    ObjectTree transform(ObjectTree object) {
      ObjectTree changed =
          call(() -> Optional.ofNullable(transformer.transform(object, context)))
              .orElseThrow(() -> broken("TransformerReturnedNull", "returned null"));
      checkIdentity("apiVersion", object.apiVersion(), changed.apiVersion());
      checkIdentity("kind", object.kind(), changed.kind());
      checkIdentity("metadata.namespace", object.namespace(), changed.namespace());
      checkIdentity("metadata.name", object.name(), changed.name());
      checkKeys("label", changed.labels());
      checkKeys("annotation", changed.annotations());
      return changed;
    }

    private void checkIdentity(String field, String before, String after) {
      if (!before.equals(after)) {
        throw broken(
            "TransformerChangedIdentity",
            "changed %s from \"%s\" to \"%s\"; it must stay".formatted(field, before, after));
      }
    }

    /** The cleaning has left none of ours. */
    private void checkKeys(String what, Map<String, String> keys) {
      keys.keySet().stream()
          .filter(SyncKeys::isOwn)
          .findFirst()
          .ifPresent(
              key -> {
                throw broken(
                    "TransformerUsedReservedKey",
                    "set the %s %s, which is the syncer's own".formatted(what, key));
              });
    }

    private <T> T call(java.util.concurrent.Callable<T> body) {
      try {
        return plugins.call(body);
      } catch (ExecutionException e) {
        Throwable thrown = e.getCause() == null ? e : e.getCause();
        throw failed("threw " + (isSecret() ? thrown.getClass().getName() : thrown), thrown);
      } catch (TimeoutException e) {
        throw new TransformException(
            "TransformerTimedOut", sentence(String.valueOf(e.getMessage())), e, true);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TransformException(
            "Interrupted", sentence("was interrupted: the syncer stops"), e, true);
      }
    }

    /** A Secret's transformer may have put a value into its exception. */
    private TransformException failed(String fault, Throwable thrown) {
      return new TransformException(
          "TransformerFailed", sentence(fault), isSecret() ? null : thrown);
    }

    private TransformException broken(String reason, String fault) {
      return new TransformException(reason, sentence(fault), null);
    }

    private String sentence(String fault) {
      return "transformer %s, on %s: %s".formatted(transformer.name(), context.physical(), fault);
    }

    private boolean isSecret() {
      return context.physical().resource().equals(SECRETS);
    }
  }

  private record Context(
      ObjectKey physical,
      ObjectKey upstream,
      String syncTarget,
      Map<String, String> syncTargetLabels,
      Map<String, String> parameters)
      implements TransformContext {}
}
