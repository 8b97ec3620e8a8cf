package io.kcp.upstream;

import io.kcp.upstream.discovery.ResourceType;
import io.kcp.upstream.mirror.MirrorEntry;
import io.kcp.upstream.spi.ObjectKey;
import io.kcp.upstream.spi.Side;
import io.kcp.upstream.status.Subject;
import io.kcp.upstream.status.Subjects;
import io.kcp.upstream.sync.WorkKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds copies in the mirrors. */
final class Copies implements Subjects {
  /** What is in force at this moment. */
  interface Force {
    /** Null while nothing is. */
    @Nullable InForce now();
  }

  private final TypeMirrors mirrors;
  private final Force force;

  Copies(TypeMirrors mirrors, Force force) {
    this.mirrors = mirrors;
    this.force = force;
  }

  @Override
  public Optional<Subject> copyOf(WorkKey key) {
    InForce now = force.now();
    if (now == null) {
      return Optional.empty();
    }
    ObjectKey physical = new ObjectKey(Side.PHYSICAL, key.resource(), key.namespace(), key.name());
    return mirrors
        .pair(key.resource())
        .flatMap(
            pair ->
                now.transformation()
                    .upstream(physical)
                    .flatMap(copy -> pair.upstream().find(copy.namespace(), copy.name()))
                    .map(entry -> subject(pair.type().upstream(), entry)));
  }

  private static Subject subject(ResourceType type, MirrorEntry entry) {
    return new Subject(
        type.apiVersion(), type.kind(), entry.namespace(), entry.name(), entry.uid());
  }
}
