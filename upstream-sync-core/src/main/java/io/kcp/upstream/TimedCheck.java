package io.kcp.upstream;

import com.google.common.base.Throwables;
import io.kcp.upstream.spi.GroupResource;
import io.kcp.upstream.spi.HealthCheck;
import io.kcp.upstream.spi.HealthContext;
import io.kcp.upstream.spi.HealthVerdict;
import io.kcp.upstream.spi.ObjectTree;
import io.kcp.upstream.status.health.LateException;
import io.kcp.upstream.transform.PluginCalls;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A health check whose answer is not waited for for ever. */
record TimedCheck(HealthCheck check, PluginCalls calls) implements HealthCheck {
  @Override
  public String name() {
    return check.name();
  }

  @Override
  public boolean handles(GroupResource resource) {
    return check.handles(resource);
  }

  @Override
  public Optional<HealthVerdict> assess(ObjectTree object, HealthContext context) {
    try {
      return calls.call(() -> check.assess(object, context));
    } catch (TimeoutException e) {
      throw new LateException(String.valueOf(e.getMessage()));
    } catch (ExecutionException e) {
      Throwables.throwIfUnchecked(Objects.requireNonNull(e.getCause()));
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LateException("the syncer ends");
    }
  }
}
